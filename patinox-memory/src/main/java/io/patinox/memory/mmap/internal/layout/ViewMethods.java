package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingLayoutException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle.AccessMode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what each method of an interface does, by its name.
final class ViewMethods {
    private static final Map<String, @Nullable AccessMode[]> SUFFIXES =
            Map.of(
                    "Volatile", modes(AccessMode.GET_VOLATILE, AccessMode.SET_VOLATILE),
                    "Acquire", modes(AccessMode.GET_ACQUIRE),
                    "Release", modes(null, AccessMode.SET_RELEASE),
                    "GetAndAdd", modes(null, AccessMode.GET_AND_ADD),
                    "GetAndSet", modes(null, AccessMode.GET_AND_SET),
                    "CompareAndSet", modes(null, null, AccessMode.COMPARE_AND_SET));

    private final SliceShape shape;
    private final List<Part.Member> members;
    private final Lookup access;
    private final boolean mutable;

    /// Begins.
    ///
    /// @param access the class that [AccessCode] writes
    ViewMethods(SliceShape shape, List<Part.Member> members, Lookup access, boolean mutable) {
        this.shape = shape;
        this.members = members;
        this.access = access;
        this.mutable = mutable;
    }

    private static @Nullable AccessMode[] modes(@Nullable AccessMode... byParameters) {
        return byParameters;
    }

    /// A method and what it does.
    ///
    /// @param name its name
    /// @param type its type
    /// @param action what it does, of type `(slice, offset, parameters)result`, or null if it is
    ///   refused because the file was opened read-only
    record ViewMethod(String name, MethodType type, @Nullable MethodHandle action) {}

    /// Returns all methods that a view must have.
    List<ViewMethod> all(Class<?> type) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < members.size(); i++) {
            places.put(members.get(i).name(), i);
        }
        List<ViewMethod> all = new ArrayList<>();
        Set<Map.Entry<String, MethodType>> seen = new HashSet<>();
        for (Method method : type.getMethods()) {
            MethodType signature =
                    MethodType.methodType(method.getReturnType(), method.getParameterTypes());
            if (Modifier.isAbstract(method.getModifiers())
                    && !everyObjectHas(method)
                    && seen.add(Map.entry(method.getName(), signature))) {
                all.add(method(places, method, signature));
            }
        }
        return all;
    }

    private static boolean everyObjectHas(Method method) {
        try {
            return Modifier.isPublic(
                    Object.class
                            .getDeclaredMethod(method.getName(), method.getParameterTypes())
                            .getModifiers());
        } catch (NoSuchMethodException _) {
            return false;
        }
    }

    private ViewMethod method(Map<String, Integer> places, Method method, MethodType type) {
        Integer place = places.get(method.getName());
        MethodHandle action =
                place != null ? plain(place, method, type) : atomic(places, method, type);
        if (action == null) {
            return new ViewMethod(method.getName(), type, null);
        }
        MethodType wanted = type.insertParameterTypes(0, Object.class, long.class);
        if (!fits(action.type(), wanted)) {
            throw unknown(method);
        }
        return new ViewMethod(method.getName(), type, action.asType(wanted));
    }

    /// Types of users are objects in what reads and writes.
    private static boolean fits(MethodType found, MethodType wanted) {
        return erased(found).equals(erased(wanted));
    }

    private static List<Class<?>> erased(MethodType type) {
        List<Class<?>> all = new ArrayList<>();
        all.add(PartCode.erased(type.returnType()));
        type.parameterList().forEach(it -> all.add(PartCode.erased(it)));
        return all;
    }

    private @Nullable MethodHandle plain(int place, Method method, MethodType type) {
        Class<?> value = PartCode.erased(members.get(place).part().type());
        try {
            if (type.parameterCount() == 0) {
                return access.findStatic(
                        access.lookupClass(),
                        "read" + place,
                        MethodType.methodType(value, Object.class, long.class));
            }
            if (type.parameterCount() != 1 || type.returnType() != void.class) {
                throw unknown(method);
            }
            return mutable
                    ? access.findStatic(
                            access.lookupClass(),
                            "write" + place,
                            MethodType.methodType(void.class, Object.class, long.class, value))
                    : null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a compiled class lacks a method", e);
        }
    }

    private @Nullable MethodHandle atomic(
            Map<String, Integer> places, Method method, MethodType type) {
        String name = method.getName();
        for (var entry : SUFFIXES.entrySet()) {
            String suffix = entry.getKey();
            Integer place =
                    name.endsWith(suffix)
                            ? places.get(name.substring(0, name.length() - suffix.length()))
                            : null;
            @Nullable AccessMode[] modes = entry.getValue();
            if (place != null && type.parameterCount() < modes.length) {
                AccessMode mode = modes[type.parameterCount()];
                if (mode != null) {
                    return atomic(members.get(place).part(), mode, type.parameterCount(), method);
                }
            }
        }
        throw unknown(method);
    }

    private @Nullable MethodHandle atomic(
            Part part, AccessMode mode, int parameters, Method method) {
        if (parameters > 0 && !mutable) {
            return null;
        }
        if (part instanceof Part.Missing missing && missing.value() != null) {
            return MethodHandles.dropArguments(
                    MethodHandles.constant(missing.type(), missing.value()),
                    0,
                    Object.class,
                    long.class);
        }
        if (part instanceof Part.Plain plain
                && (plain.type() == int.class || plain.type() == long.class)) {
            return ViewAtomics.handle(shape.layout().order(), plain, mode);
        }
        throw unknown(method);
    }

    private MappingLayoutException unknown(Method method) {
        return new MappingLayoutException(
                shape.type(),
                method.getName(),
                "the method belongs to no component; see @Components for what an interface may"
                        + " have");
    }
}
