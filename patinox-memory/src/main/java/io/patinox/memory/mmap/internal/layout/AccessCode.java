package io.patinox.memory.mmap.internal.layout;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SUPER;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;

import io.patinox.memory.mmap.internal.layout.PartCode.Place;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Writes the class with a static method for each component of an interface that reads it, `read0`
/// and so on, and one that writes it, `write0` and so on.
///
/// They get the slice and the offset of the element. A view has nothing else, and calls them by
/// handles: its own class lies in the package of the interface, where it must not name anything of
/// this library.
final class AccessCode {
    private static final ClassDesc MUTABLE = ClassDesc.of(BaseMutableSlice.class.getName());

    private final SliceShape shape;
    private final List<Part.Member> members;
    private final PartCode parts;

    AccessCode(SliceShape shape, List<Part.Member> members) {
        this.shape = shape;
        this.members = members;
        this.parts = new PartCode(shape.layout());
    }

    /// Returns what the class is defined with.
    List<Object> constants() {
        return parts.constants();
    }

    /// Writes the class.
    byte[] bytes(boolean mutable) {
        ClassDesc self = ClassDesc.of(AccessCode.class.getPackageName() + ".Access");
        return ClassFile.of()
                .build(
                        self,
                        made -> {
                            made.withFlags(ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC);
                            for (int i = 0; i < members.size(); i++) {
                                read(made, "read" + i, members.get(i));
                                if (mutable) {
                                    write(made, "write" + i, members.get(i));
                                }
                            }
                        });
    }

    private void read(ClassBuilder made, String name, Part.Member member) {
        Class<?> type = PartCode.erased(member.part().type());
        made.withMethodBody(
                name,
                MethodTypeDesc.of(
                        PartCode.desc(type), ConstantDescs.CD_Object, ConstantDescs.CD_long),
                ACC_STATIC,
                code -> {
                    Place place = open(code, PartCode.BASE);
                    Label start = code.newBoundLabel();
                    Runnable read =
                            () -> {
                                parts.read(code, place, member.part());
                                code.return_(TypeKind.from(type));
                            };
                    guarded(code, place, member, read, start);
                });
    }

    private void guarded(
            CodeBuilder code, Place place, Part.Member member, Runnable body, Label start) {
        if (PartFacts.mayFail(List.of(member))) {
            parts.indexing(code, place, body, start);
        } else {
            body.run();
        }
    }

    /// Checks the life of the slice, the first argument.
    private static Place open(CodeBuilder code, ClassDesc slice) {
        Place place =
                new Place(
                        code.allocateLocal(TypeKind.REFERENCE),
                        code.allocateLocal(TypeKind.REFERENCE),
                        1,
                        -1);
        code.aload(0).checkcast(slice).getfield(slice, "body", PartCode.BODY);
        code.dup().astore(place.body());
        code.invokevirtual(PartCode.BODY, "check", MethodTypeDesc.of(ConstantDescs.CD_void));
        code.aload(0).checkcast(slice).getfield(slice, "data", PartCode.SEGMENT);
        code.astore(place.segment());
        return place;
    }

    private void write(ClassBuilder made, String name, Part.Member member) {
        Class<?> type = PartCode.erased(member.part().type());
        made.withMethodBody(
                name,
                MethodTypeDesc.of(
                        ConstantDescs.CD_void,
                        ConstantDescs.CD_Object,
                        ConstantDescs.CD_long,
                        PartCode.desc(type)),
                ACC_STATIC,
                code -> {
                    Place place = open(code, MUTABLE);
                    Label start = code.newBoundLabel();
                    Runnable write =
                            () -> {
                                write(code, place, member.part());
                                code.return_();
                            };
                    guarded(code, place, member, write, start);
                });
    }

    private void write(CodeBuilder code, Place place, Part part) {
        switch (part) {
            case Part.Plain plain -> {
                mark(code, plain.column().offset(), plain.column().byteSize());
                parts.write(code, place, part, 3);
            }
            case Part.Coded coded -> {
                mark(code, coded.column().offset(), coded.column().byteSize());
                parts.write(code, place, part, 3);
            }
            case Part.Nested nested -> nested(code, place, nested);
            case Part.Missing _ -> {}
        }
    }

    private void nested(CodeBuilder code, Place place, Part.Nested nested) {
        parts.refuseNull(code, place, nested.path(), 3);
        int from = PartFacts.from(nested);
        int length = PartFacts.to(nested) - from;
        mark(code, from, length);
        if (!PartFacts.mayHalfFail(nested.members())) {
            parts.write(code, place, nested.members(), 3, List.of());
            return;
        }
        int scratch = code.allocateLocal(TypeKind.REFERENCE);
        int start = code.allocateLocal(TypeKind.LONG);
        parts.scratch(code, scratch);
        code.lconst_0().lstore(start);
        Place aside = new Place(place.body(), scratch, start, indexed(code));
        parts.write(code, aside, nested.members(), 3, List.of());
        PartCode.copy(code, scratch, place, from, length);
    }

    private int indexed(CodeBuilder code) {
        int index = code.allocateLocal(TypeKind.LONG);
        code.lload(1).loadConstant((long) shape.layout().strideBytes()).ldiv().lstore(index);
        return index;
    }

    private static void mark(CodeBuilder code, int offset, int bytes) {
        code.aload(0).checkcast(MUTABLE);
        code.lload(1).loadConstant((long) offset).ladd().loadConstant((long) bytes);
        code.invokevirtual(
                MUTABLE,
                "mark",
                MethodTypeDesc.of(
                        ConstantDescs.CD_void, ConstantDescs.CD_long, ConstantDescs.CD_long));
    }
}
