package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedColumn;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Compiles the classes of the columns of one class of slices, each when it is first asked for.
final class ColumnCompiler {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Map<String, MethodHandle> made = new ConcurrentHashMap<>();

    /// Returns a column of whole numbers, which can be written if the slice can.
    LongValues longs(BaseSlice<?> slice, MappedColumn column) {
        return (LongValues) column(slice, column);
    }

    /// Returns a column of numbers with fractions, which can be written if the slice can.
    DoubleValues doubles(BaseSlice<?> slice, MappedColumn column) {
        return (DoubleValues) column(slice, column);
    }

    private Object column(BaseSlice<?> slice, MappedColumn column) {
        MethodHandle maker = made.computeIfAbsent(column.path(), _ -> compiled(slice, column));
        try {
            return maker.invokeExact(slice, column);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a compiled class can't be instantiated", e);
        }
    }

    private static MethodHandle compiled(BaseSlice<?> slice, MappedColumn column) {
        boolean mutable = slice instanceof BaseMutableSlice<?>;
        byte[] code = new ColumnCode(slice.shape.layout(), column, mutable).bytes();
        Class<?> owner = mutable ? BaseMutableSlice.class : BaseSlice.class;
        try {
            MethodHandles.Lookup inside = LOOKUP.defineHiddenClass(code, true);
            return inside.findConstructor(
                            inside.lookupClass(),
                            MethodType.methodType(void.class, owner, MappedColumn.class))
                    .asType(
                            MethodType.methodType(
                                    Object.class, BaseSlice.class, MappedColumn.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the library can't define classes of its own", e);
        }
    }
}
