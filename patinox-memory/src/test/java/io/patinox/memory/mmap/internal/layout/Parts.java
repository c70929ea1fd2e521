package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.Components;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Lays types out for tests of what is compiled, simpler than the library does: booleans take a
/// byte, texts 8 (the first is the length), arrays of ints three times 4.
final class Parts {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final int TEXT = 8;
    private static final int INTS = 3;

    private final ByteOrder order;
    private final boolean packed;
    private final List<MappedColumn> columns = new ArrayList<>();
    private int at;
    private int alignment = 1;

    private Parts(ByteOrder order, boolean packed) {
        this.order = order;
        this.packed = packed;
    }

    /// A layout with what is compiled for it.
    record Typed<T>(Class<T> type, MappedLayout layout, Part.Nested root) {
        SliceFactory<T, io.patinox.memory.mmap.MappedSlice<T>> reader() {
            return type.isInterface()
                    ? SliceCompiler.viewReader(layout, type, root.members(), within(type))
                    : SliceCompiler.reader(layout, root);
        }

        SliceFactory<T, io.patinox.memory.mmap.MutableMappedSlice<T>> writer() {
            return type.isInterface()
                    ? SliceCompiler.viewWriter(layout, type, root.members(), within(type))
                    : SliceCompiler.writer(layout, root);
        }
    }

    static <T> Typed<T> of(Class<T> type) {
        return of(type, ByteOrder.LITTLE_ENDIAN, false);
    }

    static <T> Typed<T> of(Class<T> type, ByteOrder order, boolean packed) {
        Parts parts = new Parts(order, packed);
        Part.Nested root = parts.nested("", type);
        int stride = parts.up(parts.at, parts.alignment);
        return new Typed<>(
                type, MappedLayout.of(order, stride, parts.alignment, parts.columns), root);
    }

    private Part.Nested nested(String path, Class<?> type) {
        String prefix = path.isEmpty() ? "" : path + ".";
        try {
            List<Part.Member> members = new ArrayList<>();
            List<Class<?>> types = new ArrayList<>();
            for (String name : names(type)) {
                MethodHandle accessor = within(type).unreflect(type.getDeclaredMethod(name));
                Class<?> component = accessor.type().returnType();
                types.add(component);
                members.add(new Part.Member(name, part(prefix + name, component), accessor));
            }
            MethodHandle constructor =
                    type.isRecord()
                            ? within(type)
                                    .findConstructor(type, MethodType.methodType(void.class, types))
                            : MethodHandles.empty(MethodType.methodType(type));
            return new Part.Nested(path, type, constructor, members);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<String> names(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList()
                : List.of(type.getAnnotation(Components.class).value());
    }

    private static MethodHandles.Lookup within(Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(type, LOOKUP);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Part part(String path, Class<?> type) {
        if (type.isRecord()) {
            return nested(path, type);
        }
        if (type == boolean.class) {
            return coded(column(path, ColumnKind.BOOLEAN, 1, 1, -1), type, "Boolean");
        }
        if (type == String.class) {
            return coded(column(path, ColumnKind.LATIN1, TEXT, 1, -1), type, "Text");
        }
        if (type == int[].class) {
            return coded(column(path, ColumnKind.INT, 4 * INTS, 4, INTS), type, "Ints");
        }
        int bytes = (int) memory(type).byteSize();
        String name = type.getName().toUpperCase(java.util.Locale.ROOT);
        return new Part.Plain(column(path, ColumnKind.valueOf(name), bytes, bytes, -1), type);
    }

    private MappedColumn column(String path, ColumnKind kind, int bytes, int aligned, int length) {
        int offset = packed ? at : up(at, aligned);
        alignment = packed ? 1 : Math.max(alignment, aligned);
        at = offset + bytes;
        MappedColumn column = new MappedColumn(path, kind, offset, bytes, length, "");
        columns.add(column);
        return column;
    }

    private int up(int offset, int multiple) {
        return (offset + multiple - 1) / multiple * multiple;
    }

    private Part coded(MappedColumn column, Class<?> type, String name) {
        try {
            MethodHandle read =
                    LOOKUP.findStatic(
                            Parts.class,
                            "read" + name,
                            MethodType.methodType(
                                    type,
                                    String.class,
                                    ByteOrder.class,
                                    Body.class,
                                    MemorySegment.class,
                                    long.class));
            MethodHandle write =
                    LOOKUP.findStatic(
                            Parts.class,
                            "write" + name,
                            MethodType.methodType(
                                    void.class,
                                    String.class,
                                    ByteOrder.class,
                                    Body.class,
                                    MemorySegment.class,
                                    long.class,
                                    type));
            return new Part.Coded(
                    column,
                    type,
                    MethodHandles.insertArguments(read, 0, column.path(), order),
                    MethodHandles.insertArguments(write, 0, column.path(), order));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Returns how a primitive lies in memory.
    static ValueLayout memory(Class<?> type) {
        return Stream.of(
                        ValueLayout.JAVA_BYTE,
                        ValueLayout.JAVA_SHORT_UNALIGNED,
                        ValueLayout.JAVA_CHAR_UNALIGNED,
                        ValueLayout.JAVA_INT_UNALIGNED,
                        ValueLayout.JAVA_LONG_UNALIGNED,
                        ValueLayout.JAVA_FLOAT_UNALIGNED,
                        ValueLayout.JAVA_DOUBLE_UNALIGNED)
                .filter(layout -> layout.carrier() == type)
                .findFirst()
                .orElseThrow();
    }

    private static MappingValueException wrong(Body body, String path, String reason) {
        return new MappingValueException(body.file(), path, -1, reason, null);
    }

    static boolean readBoolean(
            String path, ByteOrder order, Body body, MemorySegment from, long at) {
        byte found = from.get(ValueLayout.JAVA_BYTE, at);
        if (found != 0 && found != 1) {
            throw wrong(body, path, "is " + found);
        }
        return found == 1;
    }

    static void writeBoolean(
            String path, ByteOrder order, Body body, MemorySegment to, long at, boolean value) {
        to.set(ValueLayout.JAVA_BYTE, at, (byte) (value ? 1 : 0));
    }

    static String readText(String path, ByteOrder order, Body body, MemorySegment from, long at) {
        int length = from.get(ValueLayout.JAVA_BYTE, at);
        if (length < 0 || length >= TEXT) {
            throw wrong(body, path, "has length " + length);
        }
        byte[] bytes = from.asSlice(at + 1, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static void writeText(
            String path, ByteOrder order, Body body, MemorySegment to, long at, String value) {
        if (value == null || value.length() >= TEXT) {
            throw wrong(body, path, "is " + value);
        }
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(bytes, TEXT - 1);
        to.set(ValueLayout.JAVA_BYTE, at, (byte) bytes.length);
        MemorySegment.copy(all, 0, to, ValueLayout.JAVA_BYTE, at + 1, all.length);
    }

    static int[] readInts(String path, ByteOrder order, Body body, MemorySegment from, long at) {
        return from.asSlice(at, 4 * INTS).toArray(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order));
    }

    static void writeInts(
            String path, ByteOrder order, Body body, MemorySegment to, long at, int[] value) {
        if (value == null || value.length != INTS) {
            throw wrong(body, path, "has not 3 numbers");
        }
        for (int i = 0; i < INTS; i++) {
            to.set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at + 4L * i, value[i]);
        }
    }
}
