package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.Components;
import io.patinox.memory.mmap.Packed;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Walks an interface: its components in the order that it names, and the methods that there may be
/// for them. Whatever else is abstract is refused, as nobody could say what it does.
///
/// Methods of interfaces above count like its own. A method that differs from one above only in its
/// type of result would leave the other without code, and is refused as any unknown one.
final class ViewWalk {
    private static final List<String> OF_OBJECT =
            List.of(
                    "clone",
                    "finalize",
                    "getClass",
                    "hashCode",
                    "notify",
                    "notifyAll",
                    "toString",
                    "wait");

    private final Site site;
    private final Class<?> type;
    private final Access access;
    private final boolean packed;
    private final Set<String> atomic = new HashSet<>();

    ViewWalk(Site site, Class<?> type, Access access) {
        this.site = site;
        this.type = type;
        this.access = access;
        this.packed = type.isAnnotationPresent(Packed.class);
    }

    /// Returns the components that have atomic methods.
    Set<String> atomic() {
        return Set.copyOf(atomic);
    }

    /// Walks the interface.
    Node.Group components() {
        requireImplementable();
        List<String> names = names();
        List<Method> open = new ArrayList<>();
        for (Method method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && !isOfObject(method)) {
                open.add(method);
            }
        }
        Map<String, Method> getters = getters(names, open);
        for (Method method : open) {
            requireKnown(method, getters);
        }
        TypeWalk walk = new TypeWalk(access);
        TypeWalk.Placing placing = new TypeWalk.Placing(site);
        for (String name : names) {
            Method getter = Objects.requireNonNull(getters.get(name));
            Site place = site.member(name);
            Class<?> of = getter.getReturnType();
            Node node =
                    walk.component(
                            place, of, getter.getGenericReturnType(), new Notes(getter), packed);
            MethodHandle accessor = access.accessor(type, name, of, place);
            placing.add(new Node.Named(name, accessor, node));
        }
        return placing.group(type, null);
    }

    private void requireImplementable() {
        if (type.getTypeParameters().length > 0) {
            throw site.refused("it is generic; use an interface of its own that extends it");
        }
        if (type.isSealed()) {
            throw site.refused("it is sealed, so views can't implement it; don't seal it");
        }
        if (type.isHidden()) {
            throw site.refused("it is hidden, so views can't name it; use one with a name");
        }
    }

    private List<String> names() {
        Components components = type.getAnnotation(Components.class);
        if (components == null) {
            throw site.refused(
                    "it is an interface without @Components, and its methods have no order; name"
                            + " its components in their order");
        }
        List<String> names = List.of(components.value());
        if (names.isEmpty()) {
            throw site.refused("@Components names none, so there is nothing to map");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!LayoutRules.isIdentifier(name)) {
                throw site.refused("@Components names '" + name + "', which is no identifier");
            }
            if (OF_OBJECT.contains(name)) {
                throw site.member(name).refused("every object has a method of that name");
            }
            if (!seen.add(name)) {
                throw site.member(name).refused("@Components names it twice");
            }
        }
        return names;
    }

    private Map<String, Method> getters(List<String> names, List<Method> open) {
        Map<String, Method> getters = new LinkedHashMap<>();
        for (String name : names) {
            for (Method method : open) {
                if (method.getName().equals(name)
                        && method.getParameterCount() == 0
                        && method.getReturnType() != void.class
                        && getters.putIfAbsent(name, method) != null) {
                    throw site.member(name)
                            .refused("it has several types, by interfaces above; declare one");
                }
            }
            if (!getters.containsKey(name)) {
                throw site.member(name)
                        .refused("there is no abstract method " + name + "() that returns it");
            }
        }
        return getters;
    }

    private static boolean isOfObject(Method method) {
        try {
            Method of = Object.class.getMethod(method.getName(), method.getParameterTypes());
            return of.getReturnType() == method.getReturnType();
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /// What an atomic method is: its name after that of the component, how many parameters it has,
    /// and what it returns.
    private enum Atomic {
        GET_VOLATILE("Volatile", 0, true),
        SET_VOLATILE("Volatile", 1, false),
        ACQUIRE("Acquire", 0, true),
        RELEASE("Release", 1, false),
        GET_AND_ADD("GetAndAdd", 1, true),
        GET_AND_SET("GetAndSet", 1, true),
        COMPARE_AND_SET("CompareAndSet", 2, true);

        private final String suffix;
        private final int parameters;
        private final boolean returns;

        Atomic(String suffix, int parameters, boolean returns) {
            this.suffix = suffix;
            this.parameters = parameters;
            this.returns = returns;
        }

        boolean fits(Method method, String component, Class<?> type) {
            Class<?> result = this == COMPARE_AND_SET ? boolean.class : returns ? type : void.class;
            return method.getName().equals(component + suffix)
                    && method.getParameterCount() == parameters
                    && method.getReturnType() == result
                    && Arrays.stream(method.getParameterTypes()).allMatch(p -> p == type);
        }
    }

    private void requireKnown(Method method, Map<String, Method> getters) {
        if (method.equals(getters.get(method.getName()))) {
            for (String name : getters.keySet()) {
                requireUnambiguous(method, name, getters.get(name).getReturnType());
            }
            return;
        }
        if (!isSetter(method, getters) && !isAtomic(method, getters)) {
            throw site.refused(
                    "method "
                            + method.getReturnType().getTypeName()
                            + " "
                            + shown(method)
                            + " is none of those that @Components describes; remove it, or make"
                            + " it a default method");
        }
        new Notes(method)
                .only(
                        site.member(method.getName()),
                        "a method that is not the getter, " + shown(method));
    }

    private void requireUnambiguous(Method getter, String name, Class<?> of) {
        for (Atomic kind : Atomic.values()) {
            if (kind.fits(getter, name, of)) {
                throw site.member(getter.getName())
                        .refused(
                                "its name is that of an atomic method of '"
                                        + name
                                        + "'; call it otherwise");
            }
        }
    }

    private static boolean isSetter(Method method, Map<String, Method> getters) {
        Method getter = getters.get(method.getName());
        return getter != null
                && method.getReturnType() == void.class
                && method.getParameterCount() == 1
                && method.getParameterTypes()[0] == getter.getReturnType();
    }

    private boolean isAtomic(Method method, Map<String, Method> getters) {
        for (Map.Entry<String, Method> getter : getters.entrySet()) {
            String name = getter.getKey();
            Class<?> of = getter.getValue().getReturnType();
            for (Atomic kind : Atomic.values()) {
                if (kind.fits(method, name, of)) {
                    requireAtomic(method, name, of);
                    atomic.add(name);
                    return true;
                }
            }
        }
        return false;
    }

    private void requireAtomic(Method method, String name, Class<?> of) {
        if (of != int.class && of != long.class) {
            throw site.member(name)
                    .refused(
                            "only int and long have atomic methods, so there is no "
                                    + shown(method)
                                    + " of "
                                    + of.getTypeName());
        }
        if (packed) {
            throw site.member(name)
                    .refused(
                            "packed components can't be read and written atomically; remove "
                                    + shown(method)
                                    + " or @Packed");
        }
    }

    private static String shown(Method method) {
        StringBuilder shown = new StringBuilder(method.getName()).append('(');
        for (Class<?> parameter : method.getParameterTypes()) {
            shown.append(shown.charAt(shown.length() - 1) == '(' ? "" : ", ");
            shown.append(parameter.getTypeName());
        }
        return shown.append(')').toString();
    }
}
