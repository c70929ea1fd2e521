package io.patinox.memory.mmap.internal.layout;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts together what writes a value by its accessors: a record, or any implementation of an
/// interface.
@SuppressWarnings("UnusedMethod") // methods are found by their names
final class Encoder {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final ByteOrder order;

    Encoder(ByteOrder order) {
        this.order = order;
    }

    /// Returns what writes all members: of type `(Body, MemorySegment, long, type)void`.
    MethodHandle all(Class<?> type, List<Part.Member> members) {
        List<MethodHandle> each = new ArrayList<>();
        for (Part.Member member : members) {
            MethodHandle accessor = member.accessor();
            MethodHandle value = accessor.asType(accessor.type().changeParameterType(0, type));
            each.add(MethodHandles.filterArguments(part(member.part()), 3, value));
        }
        return sequence(each);
    }

    /// One after the other, as a tree: a chain of thousands would overflow the stack.
    private static MethodHandle sequence(List<MethodHandle> each) {
        if (each.size() == 1) {
            return each.getFirst();
        }
        int half = each.size() / 2;
        return MethodHandles.foldArguments(
                sequence(each.subList(half, each.size())), sequence(each.subList(0, half)));
    }

    private MethodHandle part(Part part) {
        return switch (part) {
            case Part.Plain plain -> at(plain.column().offset(), plain(plain.type()));
            case Part.Coded coded -> at(coded.column().offset(), coded.write());
            case Part.Nested nested -> nested(nested);
            case Part.Missing missing ->
                    throw new AssertionError("what is written is complete: " + missing);
        };
    }

    private MethodHandle nested(Part.Nested nested) {
        MethodHandle present =
                MethodHandles.insertArguments(
                        own("requirePresent", Body.class, String.class, Object.class),
                        1,
                        nested.path());
        MethodHandle check =
                MethodHandles.dropArguments(
                        present.asType(present.type().changeParameterType(1, nested.type())),
                        1,
                        MemorySegment.class,
                        long.class);
        return MethodHandles.foldArguments(all(nested.type(), nested.members()), check);
    }

    private static MethodHandle at(int offset, MethodHandle write) {
        MethodHandle plus =
                MethodHandles.insertArguments(
                        find(MethodType.methodType(long.class, long.class, long.class), "plus"),
                        0,
                        (long) offset);
        return MethodHandles.filterArguments(write, 2, plus);
    }

    private MethodHandle plain(Class<?> type) {
        ValueLayout layout = Kinds.primitive(Kinds.of(type), order);
        MethodHandle set = layout.varHandle().toMethodHandle(VarHandle.AccessMode.SET);
        return MethodHandles.dropArguments(set, 0, Body.class);
    }

    private static MethodHandle own(String name, Class<?>... parameters) {
        return find(MethodType.methodType(void.class, parameters), name);
    }

    private static MethodHandle find(MethodType type, String name) {
        try {
            return LOOKUP.findStatic(Encoder.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("it is below", e);
        }
    }

    @SuppressWarnings("UnusedMethod") // found by its name
    private static long plus(long offset, long base) {
        return offset + base;
    }

    @SuppressWarnings("UnusedMethod") // found by its name
    private static void requirePresent(Body body, String path, @Nullable Object value) {
        if (value == null) {
            throw Values.absent(body, path);
        }
    }
}
