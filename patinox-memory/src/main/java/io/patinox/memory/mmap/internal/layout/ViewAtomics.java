package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.invoke.VarHandle.AccessMode;
import java.nio.ByteOrder;

/// Makes the handles of the methods of views that are more than plain reads and writes: of type
/// `(slice, offset, arguments)result`.
final class ViewAtomics {
    private static final MethodHandle OPEN;
    private static final MethodHandle PLUS;
    private static final MethodHandle SOLID;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            OPEN =
                    lookup.findStatic(
                            ViewAtomics.class,
                            "open",
                            MethodType.methodType(
                                    MemorySegment.class,
                                    MappedColumn.class,
                                    AccessMode.class,
                                    Object.class,
                                    long.class));
            PLUS =
                    lookup.findStatic(
                            Math.class,
                            "addExact",
                            MethodType.methodType(long.class, long.class, long.class));
            SOLID =
                    lookup.findStatic(
                            Solid.class, "of", MethodType.methodType(int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private ViewAtomics() {}

    /// Makes a handle.
    static MethodHandle handle(ByteOrder order, Part.Plain part, AccessMode mode) {
        MappedColumn column = part.column();
        MethodHandle access = place(order, part.type() == long.class).toMethodHandle(mode);
        if (access.type().returnType() == int.class) {
            access = MethodHandles.filterReturnValue(access, SOLID);
        }
        MethodHandle placed =
                MethodHandles.filterArguments(
                        access, 1, MethodHandles.insertArguments(PLUS, 1, (long) column.offset()));
        return MethodHandles.foldArguments(
                MethodHandles.dropArguments(placed, 1, Object.class),
                MethodHandles.insertArguments(OPEN, 0, column, mode));
    }

    private static VarHandle place(ByteOrder order, boolean wide) {
        if (order == ByteOrder.BIG_ENDIAN) {
            return wide ? BigEndian.ATOMIC_LONG : BigEndian.ATOMIC_INT;
        }
        return wide ? LittleEndian.ATOMIC_LONG : LittleEndian.ATOMIC_INT;
    }

    /// Checks that a component can be used so, notes a write, and reads the place before an
    /// operation that would end the JVM if there were no file behind it; see [MutableLongValues].
    static MemorySegment open(MappedColumn column, AccessMode mode, Object slice, long offset) {
        BaseSlice<?> owner = (BaseSlice<?>) slice;
        owner.body.check();
        MappingLayoutException refusal = owner.shape.refusal(column);
        if (refusal != null) {
            throw refusal;
        }
        MemorySegment data = owner.data;
        if (data.maxByteAlignment() < column.byteSize()) {
            throw owner.shape.misaligned(column);
        }
        if (writes(mode)) {
            long at = offset + column.offset();
            ((BaseMutableSlice<?>) owner).mark(at, column.byteSize());
            long _ =
                    column.byteSize() == Long.BYTES
                            ? (long) LittleEndian.ATOMIC_LONG.getVolatile(data, at)
                            : (int) LittleEndian.ATOMIC_INT.getVolatile(data, at);
        }
        return data;
    }

    private static boolean writes(AccessMode mode) {
        return mode != AccessMode.GET_VOLATILE && mode != AccessMode.GET_ACQUIRE;
    }
}
