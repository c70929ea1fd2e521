package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// What the codecs have in common.
///
/// A codec is a record with a method `read(Body, MemorySegment, long)` and a method `write(Body,
/// MemorySegment, long, value)`. Bound to one codec they are the handles of a [Part.Coded]; fields
/// of records are constants to the JIT compiler, so nothing of the codec is left in compiled code.
///
/// Codecs don't know the index of the element: their errors have -1, and who knows it adds it.
final class Values {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Values() {}

    /// Returns a component that is read and written by a codec.
    ///
    /// @param column where it stands
    /// @param type the type of the component
    /// @param carrier the type that the codec's methods name: `type` or a type above it
    /// @param codec the codec
    static Part.Coded coded(MappedColumn column, Class<?> type, Class<?> carrier, Record codec) {
        try {
            MethodType read =
                    MethodType.methodType(carrier, Body.class, MemorySegment.class, long.class);
            MethodType write = read.appendParameterTypes(carrier).changeReturnType(void.class);
            Class<?> owner = codec.getClass();
            MethodHandle reader = LOOKUP.findVirtual(owner, "read", read).bindTo(codec);
            MethodHandle writer = LOOKUP.findVirtual(owner, "write", write).bindTo(codec);
            return new Part.Coded(
                    column,
                    type,
                    reader.asType(reader.type().changeReturnType(type)),
                    writer.asType(writer.type().changeParameterType(3, type)));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("every codec has them", e);
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
