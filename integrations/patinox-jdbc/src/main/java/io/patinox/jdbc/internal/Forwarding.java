package io.patinox.jdbc.internal;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Completes a wrapper: adds every method of a JDBC interface that the wrapper leaves out.
final class Forwarding {
    /*
     * JDBC's five big interfaces have some 650 methods, of which we care for about 40. The rest
     * does one thing:
     *
     *     R m(A a, B b) throws SQLException {
     *         D d = delegate();                // a connection throws here when it is closed
     *         R r;
     *         try {
     *             r = d.m(a, b);
     *         } catch (Throwable t) {
     *             throw failed(t);             // looks whether the connection is lost
     *         }
     *         return wrap(r);                  // only if the wrapper has wrap(R)
     *     }
     *
     * A hidden subclass with these bodies costs what hand-written ones would: the calls are
     * monomorphic in practice, and the compiler sees through them. It can't lag behind either:
     * the methods are read from the interface of the running JDK, the default methods too, which
     * hand-written wrappers tend to forget and so never reach the driver.
     *
     * The verifier takes any reference for an interface type, so that the delegate needs no cast:
     * the call itself checks it.
     */
    private static final ClassDesc LEASED = desc(Leased.class);
    private static final MethodTypeDesc DELEGATE = MethodTypeDesc.of(desc(Wrapper.class));
    private static final MethodTypeDesc FAILED = MethodTypeDesc.of(CD_Throwable, CD_Throwable);

    private final Class<?> base;
    private final Class<?> api;
    private final ClassDesc baseDesc;

    private Forwarding(Class<?> base, Class<?> api) {
        this.base = base;
        this.api = api;
        this.baseDesc = desc(base);
    }

    /// Returns a constructor of a class that extends `base` and implements the whole of `api`. The
    /// constructor takes what the one of `base` takes, and returns a `base`.
    static MethodHandle constructor(Class<?> base, Class<?> api, Class<?>... parameters) {
        byte[] bytes = new Forwarding(base, api).generate(parameters);
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
            MethodType type = MethodType.methodType(void.class, parameters);
            MethodHandle constructor = lookup.findConstructor(lookup.lookupClass(), type);
            return constructor.asType(type.changeReturnType(base));
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new LinkageError("cannot complete " + base.getName() + " to " + api.getName(), e);
        }
    }

    /// The methods of `api` that `base` doesn't implement itself.
    static List<Method> forwarded(Class<?> base, Class<?> api) {
        return Arrays.stream(api.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !implemented(base, method))
                .toList();
    }

    private static boolean implemented(Class<?> base, Method method) {
        try {
            Method found = base.getMethod(method.getName(), method.getParameterTypes());
            return !found.getDeclaringClass().isInterface();
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private byte[] generate(Class<?>... parameters) {
        ClassDesc self = ClassDesc.of(base.getName() + "As" + api.getSimpleName());
        return ClassFile.of()
                .build(
                        self,
                        type -> {
                            type.withFlags(ACC_FINAL | ACC_SYNTHETIC);
                            type.withSuperclass(baseDesc);
                            type.withInterfaceSymbols(desc(api));
                            constructor(type, descs(parameters));
                            for (Method method : forwarded(base, api)) {
                                forward(type, method);
                            }
                        });
    }

    private void constructor(ClassBuilder type, ClassDesc... parameters) {
        MethodTypeDesc signature = MethodTypeDesc.of(desc(void.class), parameters);
        type.withMethodBody(
                INIT_NAME,
                signature,
                0,
                code -> {
                    code.aload(0);
                    load(code, signature);
                    code.invokespecial(baseDesc, INIT_NAME, signature).return_();
                });
    }

    private void forward(ClassBuilder type, Method method) {
        MethodTypeDesc signature =
                MethodTypeDesc.of(desc(method.getReturnType()), descs(method.getParameterTypes()));
        type.withMethodBody(
                method.getName(), signature, ACC_PUBLIC, code -> body(code, method, signature));
    }

    private void body(CodeBuilder code, Method method, MethodTypeDesc signature) {
        Label start = code.newLabel();
        Label end = code.newLabel();
        Label handler = code.newLabel();
        code.aload(0).invokevirtual(LEASED, "delegate", DELEGATE).labelBinding(start);
        load(code, signature);
        code.invokeinterface(desc(method.getDeclaringClass()), method.getName(), signature)
                .labelBinding(end);
        wrapMethod(base, method.getReturnType())
                .ifPresent(wrap -> wrap(code, wrap, signature.returnType()));
        code.return_(TypeKind.from(signature.returnType()))
                .labelBinding(handler)
                .aload(0)
                .swap()
                .invokevirtual(LEASED, "failed", FAILED)
                .athrow()
                .exceptionCatchAll(start, end, handler);
    }

    private static void wrap(CodeBuilder code, Method wrap, ClassDesc type) {
        code.aload(0)
                .swap()
                .invokevirtual(
                        desc(wrap.getDeclaringClass()), "wrap", MethodTypeDesc.of(type, type));
    }

    private static Optional<Method> wrapMethod(Class<?> base, Class<?> type) {
        for (@Nullable Class<?> c = base; c != null; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (method.getName().equals("wrap") && method.getReturnType() == type) {
                    return Optional.of(method);
                }
            }
        }
        return Optional.empty();
    }

    private static void load(CodeBuilder code, MethodTypeDesc signature) {
        for (int i = 0; i < signature.parameterCount(); i++) {
            code.loadLocal(TypeKind.from(signature.parameterType(i)), code.parameterSlot(i));
        }
    }

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    private static ClassDesc[] descs(Class<?>... types) {
        return Arrays.stream(types).map(Forwarding::desc).toArray(ClassDesc[]::new);
    }
}
