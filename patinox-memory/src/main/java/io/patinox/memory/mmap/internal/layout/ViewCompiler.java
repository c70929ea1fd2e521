package io.patinox.memory.mmap.internal.layout;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_SUPER;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.mmap.internal.layout.ViewMethods.ViewMethod;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Compiles the class of the views of an interface.
///
/// It lies in the package of the interface, since the interface need not be public; there it can't
/// name classes of this library. So a view is a slice, seen as an object, and an offset, and each
/// method calls a handle with them that is a constant of the class: the JIT compiler follows it to
/// [AccessCode] as if it were a call, and then needs no view at all.
final class ViewCompiler {
    private static final MethodTypeDesc NEW = MethodTypeDesc.of(CD_void, CD_Object, CD_long);
    private static final MethodTypeDesc TEXT = MethodTypeDesc.of(CD_String, CD_Object);

    private final SliceShape shape;
    private final ClassDesc self;
    private final List<Object> constants = new ArrayList<>();

    private ViewCompiler(SliceShape shape, ClassDesc self) {
        this.shape = shape;
        this.self = self;
    }

    /// Compiles a class of views.
    ///
    /// @return what makes a view, of type `(slice, offset)view`
    static MethodHandle view(
            SliceShape shape,
            Class<?> type,
            List<Part.Member> members,
            Lookup lookup,
            boolean mutable) {
        AccessCode code = new AccessCode(shape, members);
        Lookup access = SliceCompiler.define(shape, () -> code.bytes(mutable), code::constants);
        List<ViewMethod> methods = new ViewMethods(shape, members, access, mutable).all(type);
        String inside = lookup.lookupClass().getPackageName();
        ClassDesc self =
                ClassDesc.of(
                        (inside.isEmpty() ? "" : inside + ".") + type.getSimpleName() + "View");
        ViewCompiler compiler = new ViewCompiler(shape, self);
        byte[] bytes = compiler.bytes(type, members, methods);
        try {
            Lookup made =
                    lookup.defineHiddenClassWithClassData(
                            bytes, compiler.constants, true, Lookup.ClassOption.NESTMATE);
            return made.findConstructor(
                    made.lookupClass(),
                    MethodType.methodType(void.class, Object.class, long.class));
        } catch (IllegalAccessException | LinkageError e) {
            MappingLayoutException refusal =
                    new MappingLayoutException(
                            shape.type(),
                            "",
                            "its views can't be made in its package: pass a lookup that has full"
                                    + " access to it");
            refusal.addSuppressed(e);
            throw refusal;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a compiled class lacks its constructor", e);
        }
    }

    private byte[] bytes(Class<?> type, List<Part.Member> members, List<ViewMethod> methods) {
        return ClassFile.of()
                .build(
                        self,
                        made -> {
                            made.withFlags(ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC);
                            made.withInterfaceSymbols(PartCode.desc(type));
                            made.withField("slice", CD_Object, ACC_PRIVATE | ACC_FINAL);
                            made.withField("offset", CD_long, ACC_PRIVATE | ACC_FINAL);
                            constructor(made);
                            methods.forEach(method -> method(made, method));
                            text(made, type, members);
                        });
    }

    private void constructor(ClassBuilder made) {
        made.withMethodBody(
                ConstantDescs.INIT_NAME,
                NEW,
                0,
                code ->
                        code.aload(0)
                                .invokespecial(
                                        CD_Object,
                                        ConstantDescs.INIT_NAME,
                                        MethodTypeDesc.of(CD_void))
                                .aload(0)
                                .aload(1)
                                .putfield(self, "slice", CD_Object)
                                .aload(0)
                                .lload(2)
                                .putfield(self, "offset", CD_long)
                                .return_());
    }

    private void method(ClassBuilder made, ViewMethod method) {
        MethodTypeDesc type = method.type().describeConstable().orElseThrow();
        made.withMethodBody(
                method.name(),
                type,
                ACC_PUBLIC,
                code -> {
                    MethodHandle action = method.action();
                    if (action == null) {
                        refuse(code, method.name());
                        return;
                    }
                    load(code, action);
                    code.aload(0).getfield(self, "slice", CD_Object);
                    code.aload(0).getfield(self, "offset", CD_long);
                    for (int i = 0; i < type.parameterCount(); i++) {
                        TypeKind kind = TypeKind.from(type.parameterType(i));
                        code.loadLocal(kind, code.parameterSlot(i));
                    }
                    PartCode.call(code, action.type().describeConstable().orElseThrow());
                    code.return_(TypeKind.from(type.returnType()));
                });
    }

    private void refuse(CodeBuilder code, String name) {
        ClassDesc refusal = ClassDesc.of(UnsupportedOperationException.class.getName());
        code.new_(refusal).dup();
        code.loadConstant(
                "'%s' of %s writes, but the file was opened read-only"
                        .formatted(name, shape.type()));
        code.invokespecial(refusal, ConstantDescs.INIT_NAME, MethodTypeDesc.of(CD_void, CD_String));
        code.athrow();
    }

    private void load(CodeBuilder code, MethodHandle handle) {
        code.ldc(
                DynamicConstantDesc.ofNamed(
                        ConstantDescs.BSM_CLASS_DATA_AT,
                        ConstantDescs.DEFAULT_NAME,
                        ConstantDescs.CD_MethodHandle,
                        constants.size()));
        constants.add(handle);
    }

    private void text(ClassBuilder made, Class<?> type, List<Part.Member> members) {
        MethodHandle text;
        try {
            text =
                    MethodHandles.lookup()
                            .findStatic(
                                    ViewCompiler.class,
                                    "text",
                                    MethodType.methodType(
                                            String.class, String.class, List.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this class lacks a method", e);
        }
        made.withMethodBody(
                "toString",
                MethodTypeDesc.of(CD_String),
                ACC_PUBLIC,
                code -> {
                    load(
                            code,
                            MethodHandles.insertArguments(text, 0, type.getSimpleName(), members));
                    code.aload(0);
                    PartCode.call(code, TEXT);
                    code.areturn();
                });
    }

    /// Returns what `toString` of a view says.
    static String text(String type, List<Part.Member> members, Object view) throws Throwable {
        StringJoiner all = new StringJoiner(", ", type + "[", "]");
        try {
            for (Part.Member member : members) {
                Object value = member.accessor().invoke(view);
                all.add(member.name() + "=" + value);
            }
        } catch (MappingClosedException _) {
            return type + "[ended]";
        }
        return all.toString();
    }
}
