package io.patinox.memory.mmap.internal.layout;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_SUPER;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/// Writes the class of one column. Kind, byte order, stride and offset are constants of it: only
/// with a constant stride does the JIT compiler take the checks of the memory out of a loop.
final class ColumnCode {
    private static final ClassDesc COLUMN = ClassDesc.of(MappedColumn.class.getName());
    private static final ClassDesc OBJECTS = ClassDesc.of(Objects.class.getName());
    private static final ClassDesc MATH = ClassDesc.of(Math.class.getName());
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(CD_void);

    private final boolean mutable;
    private final boolean fractions;
    private final long stride;
    private final MappedColumn column;
    private final Class<?> type;
    private final ClassDesc layouts;
    private final ClassDesc layout;
    private final ClassDesc self;
    private final ClassDesc base;

    /// How a number is given and taken, and kept in a local variable.
    private final ClassDesc value;

    private final TypeKind kind;

    ColumnCode(MappedLayout layout, MappedColumn column, boolean mutable) {
        this.mutable = mutable;
        this.column = column;
        this.type = type(column.kind());
        this.fractions = type == float.class || type == double.class;
        this.stride = layout.strideBytes();
        this.layouts =
                ClassDesc.of(
                        (layout.order() == ByteOrder.LITTLE_ENDIAN
                                        ? LittleEndian.class
                                        : BigEndian.class)
                                .getName());
        this.layout = layoutType(type);
        this.self = ClassDesc.of(ColumnCode.class.getPackageName() + ".Column");
        this.base =
                ClassDesc.of(
                        (fractions
                                        ? mutable ? MutableDoubleValues.class : DoubleValues.class
                                        : mutable ? MutableLongValues.class : LongValues.class)
                                .getName());
        this.value = fractions ? CD_double : CD_long;
        this.kind = fractions ? TypeKind.DOUBLE : TypeKind.LONG;
    }

    private static Class<?> type(ColumnKind kind) {
        return switch (kind) {
            case BYTE -> byte.class;
            case SHORT -> short.class;
            case CHAR -> char.class;
            case INT -> int.class;
            case LONG -> long.class;
            case FLOAT -> float.class;
            case DOUBLE -> double.class;
            default -> throw new IllegalArgumentException("no numbers: " + kind);
        };
    }

    /// Writes the class.
    byte[] bytes() {
        return ClassFile.of()
                .build(
                        self,
                        made -> {
                            made.withFlags(ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC);
                            made.withSuperclass(base);
                            constructor(made);
                            get(made);
                            loops(made);
                            copy(made);
                            if (mutable) {
                                set(made);
                            }
                        });
    }

    private void constructor(ClassBuilder made) {
        ClassDesc slice = mutable ? ClassDesc.of(BaseMutableSlice.class.getName()) : PartCode.BASE;
        MethodTypeDesc descriptor = MethodTypeDesc.of(CD_void, slice, COLUMN);
        made.withMethodBody(
                ConstantDescs.INIT_NAME,
                descriptor,
                0,
                code ->
                        code.aload(0)
                                .aload(1)
                                .aload(2)
                                .invokespecial(base, ConstantDescs.INIT_NAME, descriptor)
                                .return_());
    }

    private void check(CodeBuilder code) {
        code.aload(0)
                .getfield(self, "body", PartCode.BODY)
                .invokevirtual(PartCode.BODY, "check", NOTHING);
    }

    private void checkIndex(CodeBuilder code) {
        check(code);
        code.lload(1).aload(0).getfield(self, "count", CD_long);
        code.invokestatic(OBJECTS, "checkIndex", MethodTypeDesc.of(CD_long, CD_long, CD_long));
        code.pop2();
    }

    /// Leaves a number on the stack, widened.
    private void load(CodeBuilder code, int data, int index) {
        code.aload(data);
        layout(code);
        place(code, index);
        access(code, "get");
        PartCode.solid(code, type);
        if (type == float.class) {
            code.f2d();
        } else if (type != long.class && type != double.class) {
            code.i2l();
        }
    }

    private void place(CodeBuilder code, int index) {
        code.lload(index).loadConstant(stride).lmul();
        if (column.offset() > 0) {
            code.loadConstant((long) column.offset()).ladd();
        }
    }

    private void get(ClassBuilder made) {
        made.withMethodBody(
                "get",
                MethodTypeDesc.of(value, CD_long),
                ACC_PUBLIC,
                code -> {
                    checkIndex(code);
                    int data = data(code);
                    load(code, data, 1);
                    code.return_(kind);
                });
    }

    private int data(CodeBuilder code) {
        int data = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(0).getfield(self, "data", PartCode.SEGMENT).astore(data);
        return data;
    }

    private void loops(ClassBuilder made) {
        MethodTypeDesc two = MethodTypeDesc.of(value, value, value);
        if (fractions) {
            loop(made, "sum", code -> code.dconst_0(), code -> code.dadd());
            loop(made, "min", this::least, code -> code.invokestatic(base, "lesser", two));
            loop(
                    made,
                    "max",
                    code -> code.loadConstant(Double.NEGATIVE_INFINITY),
                    code -> code.invokestatic(base, "greater", two));
        } else {
            loop(made, "sum", code -> code.lconst_0(), code -> code.ladd());
            loop(
                    made,
                    "min",
                    code -> code.loadConstant(Long.MAX_VALUE),
                    code -> code.invokestatic(MATH, "min", two));
            loop(
                    made,
                    "max",
                    code -> code.loadConstant(Long.MIN_VALUE),
                    code -> code.invokestatic(MATH, "max", two));
        }
    }

    private void loop(
            ClassBuilder made,
            String name,
            Consumer<CodeBuilder> first,
            Consumer<CodeBuilder> combine) {
        made.withMethodBody(
                name,
                MethodTypeDesc.of(value),
                ACC_PUBLIC,
                code -> {
                    check(code);
                    int result = code.allocateLocal(kind);
                    first.accept(code);
                    code.storeLocal(kind, result);
                    int data = data(code);
                    int count = code.allocateLocal(TypeKind.LONG);
                    code.aload(0).getfield(self, "count", CD_long).lstore(count);
                    int at = code.allocateLocal(TypeKind.LONG);
                    code.lconst_0().lstore(at);
                    Label again = code.newLabel();
                    Label end = code.newLabel();
                    code.labelBinding(again).lload(at).lload(count).lcmp().ifge(end);
                    code.loadLocal(kind, result);
                    load(code, data, at);
                    combine.accept(code);
                    code.storeLocal(kind, result);
                    code.lload(at).lconst_1().ladd().lstore(at).goto_(again);
                    code.labelBinding(end).loadLocal(kind, result).return_(kind);
                });
    }

    private void copy(ClassBuilder made) {
        made.withMethodBody(
                "read",
                MethodTypeDesc.of(CD_int, value.arrayType()),
                0,
                code -> {
                    check(code);
                    int data = data(code);
                    int count = code.allocateLocal(TypeKind.INT);
                    code.aload(1).arraylength().i2l();
                    code.aload(0).getfield(self, "count", CD_long);
                    code.invokestatic(MATH, "min", MethodTypeDesc.of(CD_long, CD_long, CD_long));
                    code.l2i().istore(count);
                    int at = code.allocateLocal(TypeKind.INT);
                    int wide = code.allocateLocal(TypeKind.LONG);
                    code.iconst_0().istore(at);
                    Label again = code.newLabel();
                    Label end = code.newLabel();
                    code.labelBinding(again).iload(at).iload(count).if_icmpge(end);
                    code.iload(at).i2l().lstore(wide);
                    code.aload(1).iload(at);
                    load(code, data, wide);
                    code.arrayStore(kind);
                    code.iinc(at, 1).goto_(again);
                    code.labelBinding(end).iload(count).ireturn();
                });
    }

    private void set(ClassBuilder made) {
        made.withMethodBody(
                "set",
                MethodTypeDesc.of(CD_void, CD_long, value),
                ACC_PUBLIC,
                code -> {
                    checkIndex(code);
                    refuse(code);
                    int data = data(code);
                    int offset = code.allocateLocal(TypeKind.LONG);
                    place(code, 1);
                    code.lstore(offset);
                    code.aload(0).lload(offset);
                    code.invokevirtual(base, "mark", MethodTypeDesc.of(CD_void, CD_long));
                    code.aload(data);
                    layout(code);
                    code.lload(offset).loadLocal(kind, 3);
                    narrow(code);
                    access(code, "set");
                    code.return_();
                });
    }

    /// Throws if the value is not the same after it was narrowed and widened again.
    private void refuse(CodeBuilder code) {
        if (fractions || type == long.class) {
            return;
        }
        Label fits = code.newLabel();
        code.lload(3);
        narrow(code);
        code.i2l().lload(3).lcmp().ifeq(fits);
        code.aload(0).lload(1).lload(3);
        code.invokevirtual(
                base, "tooWide", MethodTypeDesc.of(PartCode.VALUE_FAILURE, CD_long, CD_long));
        code.athrow().labelBinding(fits);
    }

    private void narrow(CodeBuilder code) {
        if (type == float.class) {
            code.d2f();
        } else if (!fractions && type != long.class) {
            code.l2i();
            if (type == byte.class) {
                code.i2b();
            } else if (type == short.class) {
                code.i2s();
            } else if (type == char.class) {
                code.i2c();
            }
        }
    }

    /// No number is greater than any; of nothing the least is infinite.
    private void least(CodeBuilder code) {
        Label some = code.newLabel();
        Label end = code.newLabel();
        code.aload(0).getfield(self, "count", CD_long).lconst_0().lcmp().ifne(some);
        code.loadConstant(Double.POSITIVE_INFINITY).goto_(end);
        code.labelBinding(some).loadConstant(Double.NaN).labelBinding(end);
    }

    private void layout(CodeBuilder code) {
        code.getstatic(layouts, type.getName().toUpperCase(Locale.ROOT), layout);
    }

    private void access(CodeBuilder code, String method) {
        ClassDesc number = PartCode.desc(type);
        MethodTypeDesc descriptor =
                "get".equals(method)
                        ? MethodTypeDesc.of(number, layout, CD_long)
                        : MethodTypeDesc.of(CD_void, layout, CD_long, number);
        code.invokeinterface(PartCode.SEGMENT, method, descriptor);
    }

    private static ClassDesc layoutType(Class<?> type) {
        String name = type.getName();
        return ClassDesc.of(
                ValueLayout.class.getName()
                        + "$Of"
                        + Character.toUpperCase(name.charAt(0))
                        + name.substring(1));
    }
}
