package io.patinox.memory.mmap.internal.layout;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SUPER;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import io.patinox.memory.error.Options;
import io.patinox.memory.mmap.internal.layout.PartCode.Place;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Writes the class of the slices of one type, layout and mode.
///
/// An index is checked against the number of elements and multiplied by a constant: of that form
/// the JIT compiler takes both this check and the one of the memory segment out of loops. The check
/// here is needed even so: the product of a wrong index may overflow into the memory. Where the
/// index is random, two comparisons for each element remain, however many components it has; see
/// [PartCode].
final class SliceCode {
    private static final ClassDesc SHAPE = ClassDesc.of(SliceShape.class.getName());
    private static final ClassDesc MARKS = ClassDesc.of(BlockMarks.class.getName());
    private static final ClassDesc CONSUMER = ClassDesc.of(Consumer.class.getName());
    private static final ClassDesc OBJECTS = ClassDesc.of(Objects.class.getName());
    private static final ClassDesc OPTIONS = ClassDesc.of(Options.class.getName());
    private static final ClassDesc ARRAY = CD_Object.arrayType();
    private static final MethodTypeDesc NEW =
            MethodTypeDesc.of(CD_void, SHAPE, PartCode.SEGMENT, CD_long, PartCode.BODY, CD_long);
    private static final MethodTypeDesc WITH =
            MethodTypeDesc.of(PartCode.BASE, PartCode.SEGMENT, CD_long, PartCode.BODY, CD_long);
    private static final MethodTypeDesc GET = MethodTypeDesc.of(CD_Object, CD_long);
    private static final MethodTypeDesc SET = MethodTypeDesc.of(CD_void, CD_long, CD_Object);

    private final SliceShape shape;
    private final List<Part.Member> members;
    private final PartCode parts;
    private final ClassDesc self;
    private final long stride;

    SliceCode(SliceShape shape, List<Part.Member> members, String kind) {
        this.shape = shape;
        this.members = members;
        this.parts = new PartCode(shape.layout());
        this.self = ClassDesc.of(SliceCode.class.getPackageName() + "." + kind);
        this.stride = shape.layout().strideBytes();
    }

    /// Returns what the class is defined with.
    List<Object> constants() {
        return parts.constants();
    }

    /// Writes a class of slices of records.
    byte[] records(Part.Nested root, boolean mutable) {
        return slices(
                mutable,
                code -> {
                    Label start = code.newBoundLabel();
                    Place place = element(code);
                    Runnable read =
                            () -> {
                                parts.read(code, place, root);
                                code.areturn();
                            };
                    if (PartFacts.mayFail(members)) {
                        parts.indexing(code, place, read, start);
                    } else {
                        read.run();
                    }
                });
    }

    /// Writes a class of slices of views.
    ///
    /// @param view makes a view: `(slice, offset)view`
    byte[] views(MethodHandle view, boolean mutable) {
        return slices(
                mutable,
                code -> {
                    checked(code);
                    MethodTypeDesc type = parts.loadHandle(code, view);
                    code.aload(0).lload(1).loadConstant(stride).lmul();
                    PartCode.call(code, type);
                    code.areturn();
                });
    }

    /// Writes a class that only has the method that writes an element, `write`.
    byte[] writer() {
        return ClassFile.of()
                .build(
                        self,
                        type -> {
                            type.withFlags(ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC);
                            write(type);
                        });
    }

    private byte[] slices(boolean mutable, Consumer<CodeBuilder> get) {
        return ClassFile.of()
                .build(
                        self,
                        type -> {
                            type.withFlags(ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC);
                            type.withSuperclass(superclass(mutable));
                            constructor(type, mutable);
                            type.withMethodBody("get", GET, ClassFile.ACC_PUBLIC, get);
                            each(type);
                            toArray(type);
                            if (mutable) {
                                write(type);
                                set(type);
                                fromArray(type);
                            }
                        });
    }

    private static ClassDesc superclass(boolean mutable) {
        return mutable ? ClassDesc.of(BaseMutableSlice.class.getName()) : PartCode.BASE;
    }

    private void constructor(ClassBuilder type, boolean mutable) {
        type.withMethodBody(
                ConstantDescs.INIT_NAME,
                NEW,
                0,
                code ->
                        code.aload(0)
                                .aload(1)
                                .aload(2)
                                .lload(3)
                                .aload(5)
                                .lload(6)
                                .invokespecial(superclass(mutable), ConstantDescs.INIT_NAME, NEW)
                                .return_());
        type.withMethodBody(
                "with",
                WITH,
                0,
                code ->
                        code.new_(self)
                                .dup()
                                .aload(0)
                                .getfield(self, "shape", SHAPE)
                                .aload(1)
                                .lload(2)
                                .aload(4)
                                .lload(5)
                                .invokespecial(self, ConstantDescs.INIT_NAME, NEW)
                                .areturn());
    }

    /// Checks the life of the slice, and the index, the first argument.
    private void checked(CodeBuilder code) {
        code.aload(0)
                .getfield(self, "body", PartCode.BODY)
                .invokevirtual(PartCode.BODY, "check", MethodTypeDesc.of(CD_void))
                .lload(1)
                .aload(0)
                .getfield(self, "count", CD_long)
                .invokestatic(OBJECTS, "checkIndex", MethodTypeDesc.of(CD_long, CD_long, CD_long))
                .pop2();
    }

    private Place element(CodeBuilder code) {
        checked(code);
        Place place =
                new Place(
                        code.allocateLocal(TypeKind.REFERENCE),
                        code.allocateLocal(TypeKind.REFERENCE),
                        code.allocateLocal(TypeKind.LONG),
                        1);
        code.lload(1).loadConstant(stride).lmul().lstore(place.offset());
        code.aload(0).getfield(self, "data", PartCode.SEGMENT).astore(place.segment());
        code.aload(0).getfield(self, "body", PartCode.BODY).astore(place.body());
        return place;
    }

    private void each(ClassBuilder type) {
        type.withMethodBody(
                "each",
                MethodTypeDesc.of(CD_void, CD_long, CD_long, CONSUMER),
                0,
                code -> {
                    Label again = code.newLabel();
                    Label end = code.newLabel();
                    code.labelBinding(again).lload(1).lload(3).lcmp().ifge(end);
                    code.aload(5).aload(0).lload(1).invokevirtual(self, "get", GET);
                    code.invokeinterface(CONSUMER, "accept", MethodTypeDesc.of(CD_void, CD_Object));
                    code.lload(1).lconst_1().ladd().lstore(1).goto_(again);
                    code.labelBinding(end).return_();
                });
    }

    private void toArray(ClassBuilder type) {
        type.withMethodBody(
                "read",
                MethodTypeDesc.of(CD_int, ARRAY),
                0,
                code ->
                        loop(
                                code,
                                at ->
                                        code.aload(1)
                                                .iload(at)
                                                .aload(0)
                                                .iload(at)
                                                .i2l()
                                                .invokevirtual(self, "get", GET)
                                                .aastore()));
    }

    private void fromArray(ClassBuilder type) {
        type.withMethodBody(
                "write",
                MethodTypeDesc.of(CD_int, ARRAY),
                0,
                code ->
                        loop(
                                code,
                                at ->
                                        code.aload(0)
                                                .iload(at)
                                                .i2l()
                                                .aload(1)
                                                .iload(at)
                                                .aaload()
                                                .invokevirtual(self, "set", SET)));
    }

    /// Writes a loop over as many elements as the array, the first argument, and the slice have,
    /// and returns the number.
    private void loop(CodeBuilder code, java.util.function.IntConsumer body) {
        int count = code.allocateLocal(TypeKind.INT);
        int at = code.allocateLocal(TypeKind.INT);
        code.aload(1).arraylength().i2l().aload(0).getfield(self, "count", CD_long);
        code.invokestatic(
                ClassDesc.of(Math.class.getName()),
                "min",
                MethodTypeDesc.of(CD_long, CD_long, CD_long));
        code.l2i().istore(count).iconst_0().istore(at);
        Label again = code.newLabel();
        Label end = code.newLabel();
        code.labelBinding(again).iload(at).iload(count).if_icmpge(end);
        body.accept(at);
        code.iinc(at, 1).goto_(again);
        code.labelBinding(end).iload(count).ireturn();
    }

    private void write(ClassBuilder type) {
        type.withMethodBody(
                "write",
                PartCode.WRITE,
                ACC_STATIC,
                code -> {
                    Place place = new Place(0, 1, 2, 4);
                    Label start = code.newBoundLabel();
                    Runnable write =
                            () -> {
                                parts.write(
                                        code, place, members, 6, PartFacts.gaps(shape.layout()));
                                code.return_();
                            };
                    if (PartFacts.mayFail(members)) {
                        parts.indexing(code, place, write, start);
                    } else {
                        write.run();
                    }
                });
    }

    private void set(ClassBuilder type) {
        type.withMethodBody(
                "set",
                SET,
                ClassFile.ACC_PUBLIC,
                code -> {
                    code.loadConstant("value")
                            .aload(3)
                            .invokestatic(
                                    OPTIONS,
                                    "required",
                                    MethodTypeDesc.of(CD_Object, CD_String, CD_Object))
                            .pop();
                    Place place = element(code);
                    mark(code, place);
                    if (PartFacts.mayHalfFail(members)) {
                        throughScratch(code, place);
                    } else {
                        code.aload(place.body()).aload(place.segment()).lload(place.offset());
                        code.lload(1).aload(3).invokestatic(self, "write", PartCode.WRITE);
                    }
                    code.return_();
                });
    }

    private void mark(CodeBuilder code, Place place) {
        Label unmarked = code.newLabel();
        code.aload(0).getfield(self, "marks", MARKS).ifnull(unmarked);
        code.aload(0).getfield(self, "marks", MARKS);
        code.aload(0).getfield(self, "base", CD_long).lload(place.offset()).ladd();
        code.loadConstant(stride);
        code.invokevirtual(MARKS, "mark", MethodTypeDesc.of(CD_void, CD_long, CD_long));
        code.labelBinding(unmarked);
    }

    private void throughScratch(CodeBuilder code, Place place) {
        int scratch = code.allocateLocal(TypeKind.REFERENCE);
        parts.scratch(code, scratch);
        code.aload(place.body()).aload(scratch).lconst_0().lload(1).aload(3);
        code.invokestatic(self, "write", PartCode.WRITE);
        PartCode.copy(code, scratch, place, 0, stride);
    }
}
