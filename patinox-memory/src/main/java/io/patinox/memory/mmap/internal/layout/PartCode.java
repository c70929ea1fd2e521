package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingValueException;
import io.patinox.memory.mmap.MappedLayout;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Writes the code that reads and writes the components of one element, and collects the constants
/// that the code names.
///
/// Types of users never appear in the code: what is no primitive is an `Object`, and the handles
/// that take and give it are adapted to that. Handles are dynamic constants, which the JIT compiler
/// sees through as if the code called their targets itself; a handle in a field would cost a call
/// and an allocation for each element.
///
/// Primitives are read and written through the path of a struct that is as long as the element. The
/// memory is then checked for the whole element, by the same comparison for each component, of
/// which the JIT compiler keeps one. Reading each at an address of its own costs a comparison for
/// each, and a slice of the memory for each element is sometimes not seen through, and allocated.
final class PartCode {
    static final ClassDesc BODY = ClassDesc.of(Body.class.getName());
    static final ClassDesc SEGMENT = ClassDesc.of(MemorySegment.class.getName());
    static final ClassDesc VALUE_FAILURE = ClassDesc.of(MappingValueException.class.getName());
    private static final ClassDesc SOLID = ClassDesc.of(Solid.class.getName());
    static final ClassDesc BASE = ClassDesc.of(BaseSlice.class.getName());

    /// What a value is written by: `(body, segment, offset, index, value)void`.
    static final MethodTypeDesc WRITE =
            MethodTypeDesc.of(
                    ConstantDescs.CD_void,
                    BODY,
                    SEGMENT,
                    ConstantDescs.CD_long,
                    ConstantDescs.CD_long,
                    ConstantDescs.CD_Object);

    private final MappedLayout layout;
    private final List<Object> constants = new ArrayList<>();

    PartCode(MappedLayout layout) {
        this.layout = layout;
    }

    /// In which local variables the code finds what it needs.
    ///
    /// @param body the [Body]
    /// @param segment the memory
    /// @param offset where the element begins in it
    /// @param index which element it is, for errors; or -1: then the offset tells
    record Place(int body, int segment, int offset, int index) {}

    /// A value that waits in a local variable to be written.
    private record Leaf(Part part, int slot) {}

    /// Returns what the class is defined with.
    List<Object> constants() {
        return List.copyOf(constants);
    }

    /// Loads a constant that is no number or text.
    void load(CodeBuilder code, Object value, ClassDesc type) {
        code.ldc(
                DynamicConstantDesc.ofNamed(
                        ConstantDescs.BSM_CLASS_DATA_AT,
                        ConstantDescs.DEFAULT_NAME,
                        type,
                        constants.size()));
        constants.add(value);
    }

    /// Loads a handle with the types of users replaced by `Object`, and returns how it is called.
    MethodTypeDesc loadHandle(CodeBuilder code, MethodHandle handle) {
        MethodType type = handle.type();
        MethodType erased = erased(type);
        load(code, handle.asType(erased), ConstantDescs.CD_MethodHandle);
        return erased.describeConstable().orElseThrow();
    }

    private static MethodType erased(MethodType type) {
        MethodType erased = type.changeReturnType(erased(type.returnType()));
        for (int i = 0; i < type.parameterCount(); i++) {
            erased = erased.changeParameterType(i, erased(type.parameterType(i)));
        }
        return erased;
    }

    static Class<?> erased(Class<?> type) {
        return type.isPrimitive() || type == Body.class || type == MemorySegment.class
                ? type
                : Object.class;
    }

    static void call(CodeBuilder code, MethodTypeDesc type) {
        code.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact", type);
    }

    /// Writes the code that leaves a part on the stack.
    void read(CodeBuilder code, Place place, Part part) {
        switch (part) {
            case Part.Plain plain -> {
                if (plain.type() == int.class && layout.alignment() == Long.BYTES) {
                    half(code, place, plain.column().offset());
                } else {
                    get(code, place, plain.type(), plain.column().offset());
                    solid(code, plain.type());
                }
            }
            case Part.Coded coded -> {
                MethodTypeDesc type = loadHandle(code, coded.read());
                code.aload(place.body()).aload(place.segment());
                offset(code, place, coded.column().offset());
                call(code, type);
            }
            case Part.Nested nested -> {
                MethodTypeDesc type = loadHandle(code, nested.constructor());
                for (Part.Member member : nested.members()) {
                    read(code, place, member.part());
                }
                call(code, type);
            }
            case Part.Missing missing -> missing(code, missing);
        }
    }

    private void get(CodeBuilder code, Place place, Class<?> type, int offset) {
        load(code, place(type, offset), ConstantDescs.CD_VarHandle);
        code.aload(place.segment()).lload(place.offset());
        code.invokevirtual(
                ConstantDescs.CD_VarHandle,
                "get",
                MethodTypeDesc.of(desc(type), SEGMENT, ConstantDescs.CD_long));
    }

    /// Reads an int as a half of the eight aligned bytes that it lies in. That is as good as what
    /// [Solid] does, as no int is read and widened at once, and costs less: two that lie side by
    /// side are read together.
    private void half(CodeBuilder code, Place place, int offset) {
        int within = offset % Long.BYTES;
        get(code, place, long.class, offset - within);
        if ((within == 0) != (layout.order() == ByteOrder.LITTLE_ENDIAN)) {
            code.loadConstant(Integer.SIZE).lushr();
        }
        code.l2i();
    }

    private void missing(CodeBuilder code, Part.Missing missing) {
        Object value = missing.value();
        switch (value) {
            case null -> code.aconst_null();
            case Boolean it when missing.type().isPrimitive() -> code.loadConstant(it ? 1 : 0);
            case Character it when missing.type().isPrimitive() -> code.loadConstant((int) it);
            case Byte it when missing.type().isPrimitive() -> code.loadConstant((int) it);
            case Short it when missing.type().isPrimitive() -> code.loadConstant((int) it);
            case Integer it when missing.type().isPrimitive() -> code.loadConstant((int) it);
            case Long it when missing.type().isPrimitive() -> code.loadConstant((long) it);
            case Float it when missing.type().isPrimitive() -> code.loadConstant((float) it);
            case Double it when missing.type().isPrimitive() -> code.loadConstant((double) it);
            default -> {
                load(code, value, ConstantDescs.CD_Object);
                if (value.getClass().isArray()) {
                    code.invokestatic(
                            BASE,
                            "cloned",
                            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object));
                }
            }
        }
    }

    /// Writes the code that writes the components of a value. First all of them are read into local
    /// variables, so that a component that is missing, or an accessor that fails, is noticed before
    /// a byte is written. Then those are written that may refuse their value; if there are two of
    /// them, the memory is better one that nobody sees yet, see [PartFacts#mayHalfFail].
    ///
    /// @param value the local variable with the value
    /// @param gaps the bytes between the components that become zero
    void write(
            CodeBuilder code,
            Place place,
            List<Part.Member> members,
            int value,
            List<PartFacts.Gap> gaps) {
        List<Leaf> leaves = new ArrayList<>();
        collect(code, place, members, value, leaves);
        leaves.stream()
                .filter(leaf -> leaf.part() instanceof Part.Coded coded && PartFacts.refuses(coded))
                .forEach(leaf -> write(code, place, leaf.part(), leaf.slot()));
        leaves.stream()
                .filter(leaf ->
                        !(leaf.part() instanceof Part.Coded coded && PartFacts.refuses(coded)))
                .forEach(leaf -> write(code, place, leaf.part(), leaf.slot()));
        gaps.forEach(gap -> zero(code, place, gap));
    }

    /// Writes the code that writes one component that is no record.
    ///
    /// @param value the local variable with the value
    void write(CodeBuilder code, Place place, Part part, int value) {
        switch (part) {
            case Part.Plain plain -> {
                store(
                        code,
                        place,
                        plain.type(),
                        plain.column().offset(),
                        () -> code.loadLocal(kind(plain.type()), value));
            }
            case Part.Coded coded -> {
                MethodTypeDesc type = loadHandle(code, coded.write());
                code.aload(place.body()).aload(place.segment());
                offset(code, place, coded.column().offset());
                code.loadLocal(kind(coded.type()), value);
                call(code, type);
            }
            default -> throw new IllegalArgumentException("can't be written at once: " + part);
        }
    }

    private void collect(
            CodeBuilder code,
            Place place,
            List<Part.Member> members,
            int value,
            List<Leaf> leaves) {
        for (Part.Member member : members) {
            if (member.part() instanceof Part.Missing) {
                continue;
            }
            MethodTypeDesc type = loadHandle(code, member.accessor());
            code.aload(value);
            call(code, type);
            TypeKind kind = kind(member.part().type());
            int slot = code.allocateLocal(kind);
            code.storeLocal(kind, slot);
            if (member.part() instanceof Part.Nested nested) {
                refuseNull(code, place, nested.path(), slot);
                collect(code, place, nested.members(), slot, leaves);
            } else {
                leaves.add(new Leaf(member.part(), slot));
            }
        }
    }

    private void store(CodeBuilder code, Place place, Class<?> type, int offset, Runnable value) {
        load(code, place(type, offset), ConstantDescs.CD_VarHandle);
        code.aload(place.segment()).lload(place.offset());
        value.run();
        code.invokevirtual(
                ConstantDescs.CD_VarHandle,
                "set",
                MethodTypeDesc.of(
                        ConstantDescs.CD_void, SEGMENT, ConstantDescs.CD_long, desc(type)));
    }

    /// Returns what reads and writes a primitive within an element: `(segment, element)value`. It
    /// checks that the whole element lies in the memory. So the checks of all components are the
    /// same, and the JIT compiler keeps one.
    private VarHandle place(Class<?> type, int offset) {
        ValueLayout value = order(type).withName("value");
        long after = layout.strideBytes() - offset - value.byteSize();
        List<MemoryLayout> element = new ArrayList<>();
        if (offset > 0) {
            element.add(MemoryLayout.paddingLayout(offset));
        }
        element.add(value);
        if (after > 0) {
            element.add(MemoryLayout.paddingLayout(after));
        }
        return MemoryLayout.structLayout(element.toArray(MemoryLayout[]::new))
                .varHandle(MemoryLayout.PathElement.groupElement("value"))
                .withInvokeExactBehavior();
    }

    private ValueLayout order(Class<?> type) {
        ValueLayout found =
                switch (type.getName()) {
                    case "byte" -> ValueLayout.JAVA_BYTE;
                    case "short" -> ValueLayout.JAVA_SHORT_UNALIGNED;
                    case "char" -> ValueLayout.JAVA_CHAR_UNALIGNED;
                    case "int" -> ValueLayout.JAVA_INT_UNALIGNED;
                    case "long" -> ValueLayout.JAVA_LONG_UNALIGNED;
                    case "float" -> ValueLayout.JAVA_FLOAT_UNALIGNED;
                    default -> ValueLayout.JAVA_DOUBLE_UNALIGNED;
                };
        return found.withOrder(layout.order());
    }

    /// Writes the code that makes memory on the heap for one element, of zeros.
    void scratch(CodeBuilder code, int slot) {
        code.loadConstant(layout.strideBytes()).newarray(TypeKind.BYTE);
        code.invokestatic(
                SEGMENT,
                "ofArray",
                MethodTypeDesc.of(SEGMENT, ConstantDescs.CD_byte.arrayType()),
                true);
        code.astore(slot);
    }

    /// Writes the code that copies bytes of an element from such memory to its place.
    static void copy(CodeBuilder code, int scratch, Place place, long from, long length) {
        code.aload(scratch).loadConstant(from).aload(place.segment()).lload(place.offset());
        code.loadConstant(from).ladd().loadConstant(length);
        code.invokestatic(
                SEGMENT,
                "copy",
                MethodTypeDesc.of(
                        ConstantDescs.CD_void,
                        SEGMENT,
                        ConstantDescs.CD_long,
                        SEGMENT,
                        ConstantDescs.CD_long,
                        ConstantDescs.CD_long),
                true);
    }

    /// Writes the code that throws if a nested record is null.
    void refuseNull(CodeBuilder code, Place place, String path, int slot) {
        Label there = code.newLabel();
        code.aload(slot).ifnonnull(there);
        code.aload(place.body()).loadConstant(path);
        index(code, place);
        code.invokestatic(
                BASE,
                "absent",
                MethodTypeDesc.of(
                        VALUE_FAILURE, BODY, ConstantDescs.CD_String, ConstantDescs.CD_long));
        code.athrow().labelBinding(there);
    }

    /// Writes the code that adds the index of the element to errors of its components.
    void indexing(CodeBuilder code, Place place, Runnable body, Label start) {
        body.run();
        Label end = code.newBoundLabel();
        code.exceptionCatch(start, end, code.newBoundLabel(), VALUE_FAILURE);
        index(code, place);
        code.invokestatic(
                BASE,
                "indexed",
                MethodTypeDesc.of(VALUE_FAILURE, VALUE_FAILURE, ConstantDescs.CD_long));
        code.athrow();
    }

    private void index(CodeBuilder code, Place place) {
        if (place.index() >= 0) {
            code.lload(place.index());
        } else {
            code.lload(place.offset()).loadConstant((long) layout.strideBytes()).ldiv();
        }
    }

    private void zero(CodeBuilder code, Place place, PartFacts.Gap gap) {
        int at = gap.from();
        while (at < gap.to()) {
            int left = gap.to() - at;
            Class<?> type =
                    left >= 8
                            ? long.class
                            : left >= 4 ? int.class : left >= 2 ? short.class : byte.class;
            Runnable zero = type == long.class ? code::lconst_0 : code::iconst_0;
            store(code, place, type, at, zero);
            at += left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
        }
    }

    private static void offset(CodeBuilder code, Place place, int offset) {
        code.lload(place.offset());
        if (offset > 0) {
            code.loadConstant((long) offset).ladd();
        }
    }

    /// Writes the code that follows a read of fewer than eight bytes; see [Solid].
    static void solid(CodeBuilder code, Class<?> type) {
        if (kind(type).asLoadable() == TypeKind.INT) {
            code.invokestatic(SOLID, "of", MethodTypeDesc.of(desc(type), desc(type)));
        }
    }

    static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    /// Returns how a value of a type is kept in a local variable.
    static TypeKind kind(Class<?> type) {
        return TypeKind.from(type);
    }
}
