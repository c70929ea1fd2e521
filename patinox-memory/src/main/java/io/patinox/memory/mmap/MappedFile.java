package io.patinox.memory.mmap;

import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.resource.CheckedFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file of records, mapped into memory, to be read.
///
/// {@snippet file="io/patinox/memory/examples/MappingExamples.java" region="read"}
///
/// Elements are used inside bodies: [#read], [#visit], [#forEach]. A body has a fixed price, some
/// tens of nanoseconds, so it best does more than one thing.
///
/// **Faults.** A mapped file can be cut off, or its disk fill up, while it is used; then access to
/// it faults. A body that faulted ends with
/// [MappingFaultException][io.patinox.memory.error.MappingFaultException], however the JVM runs it,
/// and nothing that it returned or computed counts.
///
/// **Lifecycle.** Opened by a [MappedFileBuilder]; ended by [#close()], [#close(Duration)], or the
/// registry that it was given to. Bodies that run go on with what they have; later ones get
/// `MAPPING-CLOSED`. Called within a body, a close doesn't wait, and the last body unmaps the file.
///
/// **Threads.** Any, unless it was opened [confined][MappedFileBuilder#confined()].
///
/// **Metrics**, all under `mmap.`: counters `bodies`, `faults`, `remaps`, `appended`, `forced`;
/// gauges `count`, `capacity`, `mapped.bytes`, `mappings`, `in.use`.
///
/// @param <T> a record, or an interface with [Components]
public interface MappedFile<T> extends MetricsSource, AutoCloseable {

    /// Begins to open or create a file.
    ///
    /// @param <T> the type of the elements
    /// @param path the file
    /// @param type a record, or an interface with [Components]
    /// @return a builder with every option at its default
    static <T> MappedFileBuilder<T> builder(Path path, Class<T> type) {
        return new MappedFileBuilder<>(
                Options.required("path", path), Options.required("type", type));
    }

    /// Applies a function to all elements.
    ///
    /// @param <R> the type of the result
    /// @param <X> what the function may throw
    /// @param body reads; its slice ends with it
    /// @return what the function returned
    /// @throws X if the function does
    /// @throws io.patinox.memory.error.MappingFaultException if the memory faulted; the result is
    ///   void
    /// @throws io.patinox.memory.error.MappingClosedException if the file is closed
    <R extends @Nullable Object, X extends Exception> R read(
            CheckedFunction<? super MappedSlice<T>, ? extends R, X> body) throws X;

    /// Does something with all elements.
    ///
    /// @param <X> what the body may throw
    /// @param body reads; its slice ends with it
    /// @throws X if the body does
    <X extends Exception> void visit(MappedBody<? super MappedSlice<T>, X> body) throws X;

    /// Calls a function for each element, in order, in one body.
    ///
    /// @param action the function
    default void forEach(Consumer<? super T> action) {
        Options.required("action", action);
        this.<RuntimeException>visit(slice -> slice.forEach(action));
    }

    /// Reads one element, in a body of its own.
    ///
    /// @param index from 0 to [#count()] - 1
    /// @return the element; only for records, as a view would end at once
    T get(long index);

    /// Returns how many elements are published: as far as this object knows, see [#refresh()].
    ///
    /// @return from 0
    long count();

    /// Returns for how many elements the file has room.
    ///
    /// @return at least [#count()]
    long capacity();

    /// Reads again how many elements the file says it has, for those who follow a writer, and maps
    /// what was added.
    ///
    /// @return how many there are now
    /// @throws io.patinox.memory.error.MappingStaleException if another file is at the path, or
    ///   none, or it was cut off
    long refresh();

    /// Compares what is mapped with what is at the path.
    ///
    /// @throws io.patinox.memory.error.MappingStaleException if another file is at the path, or
    ///   none, or it was cut off
    void check();

    /// Reads all of the file once, so that later access does not wait for the disk.
    void preload();

    /// Reads some elements once, so that later access to them does not wait for the disk.
    ///
    /// @param from the first
    /// @param count how many
    /// @throws IndexOutOfBoundsException if there are not as many
    void preload(long from, long count);

    /// Tells the operating system how elements will be used.
    ///
    /// @param advice the advice
    /// @param from the first element
    /// @param count how many
    /// @return whether it was told: never without [MappedFileBuilder#nativeAccess(boolean)], nor
    ///   where the system has no such call
    boolean advise(AccessAdvice advice, long from, long count);

    /// Returns the layout of the file.
    ///
    /// @return the layout, which may have more or fewer columns at its end than `T`
    MappedLayout layout();

    /// Returns the file.
    ///
    /// @return its path
    Path path();

    /// Returns whether it is closed.
    ///
    /// @return true from the beginning of its closing
    boolean isClosed();

    /// Closes it as [#close(Duration)] does, with [MappedFileBuilder#closeTimeout(Duration)].
    @Override
    void close();

    /// Closes it: no new body begins, those that run are waited for, then it is unmapped.
    ///
    /// @param timeout how long to wait for bodies, from zero to 365 days
    /// @return whether it is unmapped; if not, the last body does it, and the monitor was told
    boolean close(Duration timeout);
}
