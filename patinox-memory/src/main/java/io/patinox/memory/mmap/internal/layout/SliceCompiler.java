package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.MappedSlice;
import io.patinox.memory.mmap.MutableMappedSlice;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Supplier;

/// Compiles the classes of slices.
///
/// A class is compiled for a type, a layout and a mode, never for a file: all files share it, and
/// the JIT compiler meets one class at a call of a user's loop. Classes are hidden, and go with the
/// factory that makes their instances.
final class SliceCompiler {
    private static final Lookup LOOKUP = MethodHandles.lookup();

    private SliceCompiler() {}

    /// Compiles a class of read-only slices of records.
    ///
    /// @param layout the layout of the file, whose stride and offsets count
    /// @param root the elements; parts that the file doesn't have are [Part.Missing]
    static <T> SliceFactory<T, MappedSlice<T>> reader(MappedLayout layout, Part.Nested root) {
        SliceShape shape = new SliceShape(root.type(), layout);
        SliceCode code = new SliceCode(shape, root.members(), "Slice");
        return readers(shape, define(shape, () -> code.records(root, false), code::constants));
    }

    /// Compiles a class of mutable slices of records.
    static <T> SliceFactory<T, MutableMappedSlice<T>> writer(
            MappedLayout layout, Part.Nested root) {
        SliceShape shape = new SliceShape(root.type(), layout);
        SliceCode code = new SliceCode(shape, root.members(), "MutableSlice");
        return writers(shape, define(shape, () -> code.records(root, true), code::constants));
    }

    /// Compiles classes of read-only slices of an interface and of its views, whose setters and
    /// atomic writes throw an `UnsupportedOperationException`.
    ///
    /// @param layout the layout of the file
    /// @param type the interface
    /// @param members its components
    /// @param lookup has full access to the interface
    static <T> SliceFactory<T, MappedSlice<T>> viewReader(
            MappedLayout layout, Class<T> type, List<Part.Member> members, Lookup lookup) {
        SliceShape shape = new SliceShape(type, layout);
        MethodHandle view = ViewCompiler.view(shape, type, members, lookup, false);
        SliceCode code = new SliceCode(shape, members, "Views");
        return readers(shape, define(shape, () -> code.views(view, false), code::constants));
    }

    /// Compiles classes of mutable slices of an interface and of its views.
    static <T> SliceFactory<T, MutableMappedSlice<T>> viewWriter(
            MappedLayout layout, Class<T> type, List<Part.Member> members, Lookup lookup) {
        SliceShape shape = new SliceShape(type, layout);
        MethodHandle view = ViewCompiler.view(shape, type, members, lookup, true);
        SliceCode code = new SliceCode(shape, members, "MutableViews");
        return writers(shape, define(shape, () -> code.views(view, true), code::constants));
    }

    /// Compiles what writes a record into other memory, as [RecordLayout#encode] needs it: of type
    /// `(Body, MemorySegment, long, T)void`. Memory that it fails in may have been written to.
    static MethodHandle encoder(MappedLayout layout, Part.Nested root) {
        SliceShape shape = new SliceShape(root.type(), layout);
        SliceCode code = new SliceCode(shape, root.members(), "Encoder");
        Lookup inside = define(shape, code::writer, code::constants);
        MethodType type =
                MethodType.methodType(
                        void.class,
                        Body.class,
                        MemorySegment.class,
                        long.class,
                        long.class,
                        Object.class);
        try {
            MethodHandle write = inside.findStatic(inside.lookupClass(), "write", type);
            return MethodHandles.insertArguments(write, 3, -1L)
                    .asType(
                            MethodType.methodType(
                                    void.class,
                                    Body.class,
                                    MemorySegment.class,
                                    long.class,
                                    root.type()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a compiled class lacks a method", e);
        }
    }

    private static <T> SliceFactory<T, MappedSlice<T>> readers(SliceShape shape, Lookup inside) {
        BaseSlice<T> first = first(shape, inside);
        return (data, count, body) -> first.over(data.asReadOnly(), count, body);
    }

    private static <T> SliceFactory<T, MutableMappedSlice<T>> writers(
            SliceShape shape, Lookup inside) {
        BaseSlice<T> first = first(shape, inside);
        return (data, count, body) -> (BaseMutableSlice<T>) first.over(data, count, body);
    }

    /// Makes a slice of nothing, which makes the others.
    @SuppressWarnings("unchecked")
    private static <T> BaseSlice<T> first(SliceShape shape, Lookup inside) {
        MethodType type =
                MethodType.methodType(
                        void.class,
                        SliceShape.class,
                        MemorySegment.class,
                        long.class,
                        Body.class,
                        long.class);
        Body none = new Body("nothing", null);
        try {
            return (BaseSlice<T>)
                    inside.findConstructor(inside.lookupClass(), type)
                            .invoke(shape, MemorySegment.NULL, 0L, none, 0L);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a compiled class can't be instantiated", e);
        }
    }

    /// Defines a class of the library.
    ///
    /// @param bytes writes it
    /// @param constants its constants, asked for afterwards
    static Lookup define(
            SliceShape shape, Supplier<byte[]> bytes, Supplier<List<Object>> constants) {
        byte[] made;
        try {
            made = bytes.get();
        } catch (IllegalArgumentException e) {
            MappingLayoutException tooLarge =
                    new MappingLayoutException(shape.type(), "", "it has too many components");
            tooLarge.addSuppressed(e);
            throw tooLarge;
        }
        try {
            return LOOKUP.defineHiddenClassWithClassData(made, constants.get(), true);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the library can't define classes of its own", e);
        }
    }
}
