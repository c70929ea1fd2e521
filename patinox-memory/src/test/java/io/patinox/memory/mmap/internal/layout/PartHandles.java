package io.patinox.memory.mmap.internal.layout;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Reads and writes elements by the handles of their parts, slowly: what the compiled classes do,
/// in a second wording.
final class PartHandles {
    private static final Body BODY = new Body("test.map", null);

    private PartHandles() {}

    /// Reads an element.
    static <T> T read(RecordLayout<T> layout, MemorySegment segment, long at) {
        Shape shape = layout.shape();
        return read(layout, shape.members(), segment, at);
    }

    /// Reads an element of other parts.
    @SuppressWarnings("unchecked")
    static <T> T read(
            RecordLayout<T> layout, List<Part.Member> members, MemorySegment segment, long at) {
        MethodHandle constructor = Objects.requireNonNull(layout.shape().constructor());
        return (T) record(constructor, members, layout.layout().order(), segment, at);
    }

    /// Reads a component.
    static Object read(Part part, ByteOrder order, MemorySegment segment, long at) {
        return switch (part) {
            case Part.Plain p ->
                    p.type().getName().equals("byte")
                            ? segment.get(ValueLayout.JAVA_BYTE, at + p.column().offset())
                            : plain(p, order, segment, at);
            case Part.Coded c -> call(c.read(), BODY, segment, at + c.column().offset());
            case Part.Nested n -> record(n.constructor(), n.members(), order, segment, at);
            case Part.Missing m -> m.value();
        };
    }

    private static Object record(
            MethodHandle constructor,
            List<Part.Member> members,
            ByteOrder order,
            MemorySegment segment,
            long at) {
        List<Object> values = new ArrayList<>();
        for (Part.Member member : members) {
            values.add(read(member.part(), order, segment, at));
        }
        return call(constructor, values.toArray());
    }

    private static Object plain(Part.Plain p, ByteOrder order, MemorySegment segment, long at) {
        Object array = Array.newInstance(p.type(), 1);
        MemorySegment.copy(
                segment,
                Kinds.primitive(Kinds.of(p.type()), order),
                at + p.column().offset(),
                array,
                0,
                1);
        return Array.get(array, 0);
    }

    /// Writes an element.
    static void write(RecordLayout<?> layout, MemorySegment segment, long at, Object value) {
        for (Part.Member member : layout.shape().members()) {
            write(member, layout.layout().order(), segment, at, value);
        }
    }

    private static void write(
            Part.Member member, ByteOrder order, MemorySegment segment, long at, Object of) {
        Object value = call(member.accessor(), of);
        switch (member.part()) {
            case Part.Plain p -> {
                Object array = Array.newInstance(p.type(), 1);
                Array.set(array, 0, value);
                MemorySegment.copy(
                        array,
                        0,
                        segment,
                        Kinds.primitive(Kinds.of(p.type()), order),
                        at + p.column().offset(),
                        1);
            }
            case Part.Coded c -> call(c.write(), BODY, segment, at + c.column().offset(), value);
            case Part.Nested n -> {
                for (Part.Member inner : n.members()) {
                    write(inner, order, segment, at, value);
                }
            }
            case Part.Missing m -> throw new AssertionError(m);
        }
    }

    /// Returns the part of a component.
    static Part part(RecordLayout<?> layout, String name) {
        return layout.shape().members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow()
                .part();
    }

    static Object call(MethodHandle handle, Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
