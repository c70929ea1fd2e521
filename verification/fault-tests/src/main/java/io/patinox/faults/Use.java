package io.patinox.faults;

import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappedFileBuilder;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedFile;
import io.patinox.memory.mmap.MutableMappedSlice;
import java.nio.file.Path;
import java.time.Duration;

/// How a mapped file is opened and used.
interface Use {
    /// A file that is open, and what is done with it again and again.
    interface Opened extends AutoCloseable {
        /// Uses it once.
        ///
        /// @return something that is the same each time
        long run(Trip trip);

        @Override
        void close();
    }

    /// What is done with elements.
    @FunctionalInterface
    interface Body<S> {
        /// Does it, and tells the trip where it is.
        long run(S slice, Trip trip);
    }

    /// What is done with a file outside of bodies.
    @FunctionalInterface
    interface Call<T> {
        /// Does it.
        long run(MutableMappedFile<T> file);
    }

    /// Opens a file.
    ///
    /// @param always whether each body looks at the length of the file
    Opened open(Path path, boolean always);

    /// Opens a sparse file that has to be created.
    Opened sparse(Path path, long count);

    /// A use within `read` of a file that is read only.
    static <T> Use reads(Class<T> type, Body<MappedSlice<T>> body) {
        return new Use() {
            @Override
            public Opened open(Path path, boolean always) {
                return opened(builder(path, type, always).openReadOnly());
            }

            @Override
            public Opened sparse(Path path, long count) {
                return opened(MappedFile.builder(path, type).sparse().create(count));
            }

            private Opened opened(MappedFile<T> file) {
                return new Opened() {
                    @Override
                    public long run(Trip trip) {
                        return file.<Long, RuntimeException>read(slice -> body.run(slice, trip));
                    }

                    @Override
                    public void close() {
                        file.close();
                    }
                };
            }
        };
    }

    /// A use within `compute`.
    static <T> Use writes(Class<T> type, Body<MutableMappedSlice<T>> body) {
        return mutable(
                type,
                (file, trip) ->
                        file.<Long, RuntimeException>compute(slice -> body.run(slice, trip)));
    }

    /// A use outside of bodies.
    static <T> Use calls(Class<T> type, Call<T> call) {
        return mutable(
                type,
                (file, trip) -> {
                    trip.at(Access.MIDDLE);
                    return call.run(file);
                });
    }

    private static <T> Use mutable(Class<T> type, Body<MutableMappedFile<T>> body) {
        return new Use() {
            @Override
            public Opened open(Path path, boolean always) {
                return opened(builder(path, type, always).open());
            }

            @Override
            public Opened sparse(Path path, long count) {
                return opened(MappedFile.builder(path, type).sparse().create(count));
            }

            private Opened opened(MutableMappedFile<T> file) {
                return new Opened() {
                    @Override
                    public long run(Trip trip) {
                        return body.run(file, trip);
                    }

                    @Override
                    public void close() {
                        file.close();
                    }
                };
            }
        };
    }

    private static <T> MappedFileBuilder<T> builder(Path path, Class<T> type, boolean always) {
        MappedFileBuilder<T> builder = MappedFile.builder(path, type);
        return always ? builder.checkInterval(Duration.ZERO) : builder;
    }
}
