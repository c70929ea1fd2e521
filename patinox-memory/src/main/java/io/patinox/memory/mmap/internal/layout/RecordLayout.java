package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedSlice;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a type is laid out, and what reads and writes it. Made once for a type and byte order.
///
/// What was compiled is kept for as long as the type is: the writer, and the readers of the layouts
/// of files that were met last, since a program that reads files of each of its versions has a few
/// and no more.
///
/// @param <T> a record or an interface
public final class RecordLayout<T> {
    private static final int READERS = 16;

    private static final ClassValue<Both> CACHE =
            new ClassValue<>() {
                @Override
                protected Both computeValue(Class<?> type) {
                    return new Both(type);
                }
            };

    private final Class<T> type;
    private final Shape shape;
    private final Map<String, SliceFactory<T, MappedSlice<T>>> readers =
            new LinkedHashMap<>(READERS, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<String, SliceFactory<T, MappedSlice<T>>> eldest) {
                    return size() > READERS;
                }
            };
    private @Nullable SliceFactory<T, MutableMappedSlice<T>> writer;
    private volatile @Nullable MethodHandle encoder;
    private @Nullable Body recent;

    private RecordLayout(Class<T> type, Shape shape) {
        this.type = type;
        this.shape = shape;
    }

    /// Returns the layout of a type.
    ///
    /// @param <T> the type
    /// @param type a record or an interface
    /// @param order the byte order of files
    /// @param lookup what may reach the type, or null: then it must be reachable without
    /// @return the layout
    /// @throws io.patinox.memory.error.MappingLayoutException if it has none, or can't be reached
    public static <T> RecordLayout<T> of(
            Class<T> type, ByteOrder order, MethodHandles.@Nullable Lookup lookup) {
        Shape.requireMappable(type);
        Access access = new Access(lookup);
        MethodHandles.Lookup reached = access.to(type, new Site(type.getName(), ""));
        @SuppressWarnings("unchecked") // it was made for this type
        RecordLayout<T> layout = (RecordLayout<T>) CACHE.get(type).of(order, access, reached);
        return layout;
    }

    /// Views are best made in the package of their interface. If that was not to be had at first,
    /// and is with a lookup that is given later, the layout is made again.
    private boolean isWorse(MethodHandles.Lookup reached) {
        return type.isInterface()
                && reached.lookupClass() == type
                && shape.lookup().lookupClass() != type;
    }

    /// The layouts of a type, one for each order.
    private static final class Both {
        private final Class<?> type;
        private volatile @Nullable RecordLayout<?> little;
        private volatile @Nullable RecordLayout<?> big;

        Both(Class<?> type) {
            this.type = type;
        }

        RecordLayout<?> of(ByteOrder order, Access access, MethodHandles.Lookup reached) {
            RecordLayout<?> made = held(order);
            return made == null || made.isWorse(reached) ? make(order, access, reached) : made;
        }

        private @Nullable RecordLayout<?> held(ByteOrder order) {
            return order == ByteOrder.LITTLE_ENDIAN ? little : big;
        }

        private synchronized RecordLayout<?> make(
                ByteOrder order, Access access, MethodHandles.Lookup reached) {
            RecordLayout<?> made = held(order);
            if (made == null || made.isWorse(reached)) {
                made = new RecordLayout<>(type, Shape.of(type, order, access));
                if (order == ByteOrder.LITTLE_ENDIAN) {
                    little = made;
                } else {
                    big = made;
                }
            }
            return made;
        }
    }

    /// Returns the layout of new files.
    ///
    /// @return the layout
    public MappedLayout layout() {
        return shape.layout();
    }

    /// Returns what makes slices to read a file of a layout that is this one, or one with fewer or
    /// more columns at its end.
    ///
    /// @param file what errors call the file
    /// @param found the layout of the file
    /// @return the factory
    /// @throws io.patinox.memory.error.MappingMismatchException if the layouts don't agree
    public SliceFactory<T, MappedSlice<T>> reader(String file, MappedLayout found) {
        Evolution evolution = new Evolution(shape, file, found);
        evolution.requireReadable();
        synchronized (readers) {
            SliceFactory<T, MappedSlice<T>> reader = readers.get(found.text());
            if (reader == null) {
                List<Part.Member> members = evolution.members();
                MethodHandle constructor = shape.constructor();
                reader =
                        constructor == null
                                ? SliceCompiler.viewReader(found, type, members, shape.lookup())
                                : SliceCompiler.reader(
                                        found, new Part.Nested("", type, constructor, members));
                readers.put(found.text(), reader);
            }
            return reader;
        }
    }

    /// Returns what makes slices to read and write a file of exactly this layout.
    ///
    /// @param file what errors call the file
    /// @param found the layout of the file
    /// @return the factory
    /// @throws io.patinox.memory.error.MappingMismatchException if the layouts differ; if the
    ///   file's is only shorter or longer, the error says that it can be read
    public SliceFactory<T, MutableMappedSlice<T>> writer(String file, MappedLayout found) {
        new Evolution(shape, file, found).requireWritable();
        synchronized (readers) {
            SliceFactory<T, MutableMappedSlice<T>> made = writer;
            if (made == null) {
                MethodHandle constructor = shape.constructor();
                made =
                        constructor == null
                                ? SliceCompiler.viewWriter(
                                        layout(), type, shape.members(), shape.lookup())
                                : SliceCompiler.writer(layout(), root(constructor));
                writer = made;
            }
            return made;
        }
    }

    private Part.Nested root(MethodHandle constructor) {
        return new Part.Nested("", type, constructor, shape.members());
    }

    /// Writes a value into memory of the stride's size, zeros between components included.
    ///
    /// @param file what errors call the file
    /// @param target any memory, also on the heap, without regard to alignment
    /// @param value the value; not a view of a slice
    /// @throws io.patinox.memory.error.MappingValueException if a component does not fit
    public void encode(String file, MemorySegment target, T value) {
        Options.required("value", value);
        target.asSlice(0, layout().strideBytes()).fill((byte) 0);
        try {
            encoder().invokeExact(body(file), target, 0L, (Object) value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("accessors declare nothing else", e);
        }
    }

    private MethodHandle encoder() {
        MethodHandle made = encoder;
        if (made == null) {
            MethodHandle constructor = shape.constructor();
            if (constructor == null) {
                // nothing is made when values are written
                constructor = MethodHandles.throwException(type, IllegalStateException.class);
            }
            MethodHandle all = SliceCompiler.encoder(layout(), root(constructor));
            made =
                    all.asType(
                            MethodType.methodType(
                                    void.class,
                                    Body.class,
                                    MemorySegment.class,
                                    long.class,
                                    Object.class));
            encoder = made;
        }
        return made;
    }

    /// A body says how the file is called, and this one never ends: values are written one after
    /// the other into the same file mostly.
    private Body body(String file) {
        Body body = recent;
        if (body == null || !body.file().equals(file)) {
            body = new Body(file, null);
            recent = body;
        }
        return body;
    }

    /// Returns the parts, for tests.
    Shape shape() {
        return shape;
    }
}
