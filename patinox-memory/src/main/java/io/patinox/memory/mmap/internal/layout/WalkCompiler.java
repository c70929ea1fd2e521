package io.patinox.memory.mmap.internal.layout;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_SUPER;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// Compiles the class of the iterators of one class of slices, when one is first asked for.
///
/// An iterator of one class for all types would read elements of many types at one place: a call
/// that can't be inlined, and an object for each element.
final class WalkCompiler {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final ClassDesc BASE = ClassDesc.of(BaseWalk.class.getName());

    /// An iterator over nothing, which makes the others.
    private volatile @Nullable BaseWalk<?> first;

    /// Returns an iterator.
    @SuppressWarnings("unchecked")
    <T> BaseWalk<T> over(BaseSlice<T> slice) {
        BaseWalk<T> known = (BaseWalk<T>) first;
        if (known == null) {
            known = compiled(slice.with(slice.data.asSlice(0, 0), 0, new Body("nothing", null), 0));
            first = known;
        }
        return known.over(slice);
    }

    @SuppressWarnings("unchecked")
    private static <T> BaseWalk<T> compiled(BaseSlice<T> none) {
        try {
            MethodHandle get =
                    LOOKUP.findVirtual(
                                    none.getClass(),
                                    "get",
                                    MethodType.methodType(Object.class, long.class))
                            .asType(
                                    MethodType.methodType(
                                            Object.class, BaseSlice.class, long.class));
            MethodHandles.Lookup inside = LOOKUP.defineHiddenClassWithClassData(bytes(), get, true);
            return (BaseWalk<T>)
                    inside.findConstructor(
                                    inside.lookupClass(),
                                    MethodType.methodType(void.class, BaseSlice.class))
                            .invoke(none);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the library can't define classes of its own", e);
        }
    }

    private static byte[] bytes() {
        ClassDesc self = ClassDesc.of(WalkCompiler.class.getPackageName() + ".Walk");
        MethodTypeDesc maker = MethodTypeDesc.of(CD_void, PartCode.BASE);
        return ClassFile.of()
                .build(
                        self,
                        made -> {
                            made.withFlags(ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC);
                            made.withSuperclass(BASE);
                            made.withMethodBody(
                                    ConstantDescs.INIT_NAME,
                                    maker,
                                    0,
                                    code ->
                                            code.aload(0)
                                                    .aload(1)
                                                    .invokespecial(
                                                            BASE, ConstantDescs.INIT_NAME, maker)
                                                    .return_());
                            made.withMethodBody(
                                    "over",
                                    MethodTypeDesc.of(BASE, PartCode.BASE),
                                    0,
                                    code ->
                                            code.new_(self)
                                                    .dup()
                                                    .aload(1)
                                                    .invokespecial(
                                                            self, ConstantDescs.INIT_NAME, maker)
                                                    .areturn());
                            made.withMethodBody(
                                    "next",
                                    MethodTypeDesc.of(CD_Object),
                                    ACC_PUBLIC,
                                    code -> {
                                        code.ldc(
                                                DynamicConstantDesc.ofNamed(
                                                        ConstantDescs.BSM_CLASS_DATA,
                                                        ConstantDescs.DEFAULT_NAME,
                                                        ConstantDescs.CD_MethodHandle));
                                        code.aload(0).getfield(self, "slice", PartCode.BASE);
                                        code.aload(0)
                                                .invokevirtual(
                                                        self, "step", MethodTypeDesc.of(CD_long));
                                        PartCode.call(
                                                code,
                                                MethodTypeDesc.of(
                                                        CD_Object, PartCode.BASE, CD_long));
                                        code.areturn();
                                    });
                        });
    }
}
