package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// What the codecs have in common: their handles, and their errors.
final class Values {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Values() {}

    private static final MethodType READ =
            MethodType.methodType(Object.class, Body.class, MemorySegment.class, long.class);

    private static final MethodType WRITE =
            READ.appendParameterTypes(Object.class).changeReturnType(void.class);

    /// Returns a component that is read and written by a codec.
    ///
    /// @param column where it stands
    /// @param type the type of the component
    /// @param codec the codec of values of that type
    static Part.Coded coded(MappedColumn column, Class<?> type, Codec<?> codec) {
        return coded(
                column,
                type,
                method("read", READ).bindTo(codec),
                method("write", WRITE).bindTo(codec));
    }

    /// Returns a component that is read and written by handles of more general types.
    static Part.Coded coded(
            MappedColumn column, Class<?> type, MethodHandle read, MethodHandle write) {
        return new Part.Coded(
                column,
                type,
                read.asType(read.type().changeReturnType(type)),
                write.asType(write.type().changeParameterType(3, type)));
    }

    private static MethodHandle method(String name, MethodType type) {
        try {
            return LOOKUP.findVirtual(Codec.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("codecs have it", e);
        }
    }

    /// Returns an error about a value.
    static MappingValueException wrong(Body body, String path, String reason) {
        return wrong(body, path, reason, null);
    }

    /// Returns an error about a value.
    static MappingValueException wrong(
            Body body, String path, String reason, @Nullable Throwable cause) {
        return new MappingValueException(body.file(), path, -1, reason, cause);
    }

    /// Returns the error about a null.
    static MappingValueException absent(Body body, String path) {
        return wrong(body, path, "is null, which a file can't hold");
    }
}
