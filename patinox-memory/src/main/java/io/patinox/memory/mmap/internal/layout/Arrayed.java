package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Booleans, and arrays of primitives. A byte that is neither 0 nor 1 is no boolean: Java code that
/// met one could take both ways of an `if`.
@SuppressWarnings("UnusedMethod") // codecs are found by the names of their methods
final class Arrayed {
    private static final MethodHandle READ_BOOLEAN =
            method(
                    "bool",
                    boolean.class,
                    Body.class,
                    String.class,
                    MemorySegment.class,
                    long.class);

    private static final MethodHandle WRITE_BOOLEAN =
            MethodHandles.dropArguments(
                    method("write", void.class, MemorySegment.class, long.class, boolean.class),
                    0,
                    Body.class);

    private Arrayed() {}

    private static MethodHandle method(String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup()
                    .findStatic(Arrayed.class, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("it is below", e);
        }
    }

    /// Returns a component that is a boolean.
    static Part.Coded bool(MappedColumn column) {
        return Values.coded(
                column,
                boolean.class,
                MethodHandles.insertArguments(READ_BOOLEAN, 1, column.path()),
                WRITE_BOOLEAN);
    }

    /// Returns a component that is an array.
    static Part.Coded array(MappedColumn column, Class<?> type, ByteOrder order) {
        Class<?> element = type.componentType();
        if (element == boolean.class) {
            return Values.coded(column, type, new Bools(column.path(), column.length()));
        }
        Codec<?> codec =
                new Numbers(
                        column.path(),
                        column.length(),
                        element,
                        Kinds.primitive(column.kind(), order));
        return Values.coded(column, type, codec);
    }

    private static boolean bool(Body body, String path, MemorySegment segment, long offset) {
        byte found = Solid.of(segment.get(ValueLayout.JAVA_BYTE, offset));
        if ((found & 1) != found) {
            throw Values.wrong(body, path, "is " + found + ", and a boolean is 0 or 1");
        }
        return found == 1;
    }

    private static void requireLength(Body body, String path, int length, int found) {
        if (found != length) {
            throw Values.wrong(body, path, "has " + found + " elements, and must have " + length);
        }
    }

    private static void write(MemorySegment segment, long offset, boolean value) {
        segment.set(ValueLayout.JAVA_BYTE, offset, (byte) (value ? 1 : 0));
    }

    private record Bools(String path, int length) implements Codec<boolean[]> {

        @Override
        public boolean[] read(Body body, MemorySegment segment, long offset) {
            boolean[] values = new boolean[length];
            for (int i = 0; i < length; i++) {
                values[i] = bool(body, path, segment, offset + i);
            }
            return values;
        }

        @Override
        public void write(
                Body body, MemorySegment segment, long offset, boolean @Nullable [] values) {
            if (values == null) {
                throw Values.absent(body, path);
            }
            requireLength(body, path, length, values.length);
            for (int i = 0; i < length; i++) {
                Arrayed.write(segment, offset + i, values[i]);
            }
        }
    }

    private record Numbers(String path, int length, Class<?> element, ValueLayout layout)
            implements Codec<Object> {

        @Override
        public Object read(Body body, MemorySegment segment, long offset) {
            Object values = Array.newInstance(element, length);
            MemorySegment.copy(segment, layout, offset, values, 0, length);
            return values;
        }

        @Override
        public void write(Body body, MemorySegment segment, long offset, @Nullable Object values) {
            if (values == null) {
                throw Values.absent(body, path);
            }
            requireLength(body, path, length, Array.getLength(values));
            MemorySegment.copy(values, 0, segment, layout, offset, length);
        }
    }
}
