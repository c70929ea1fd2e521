package io.patinox.memory.config.internal;

import io.patinox.memory.config.Secret;
import io.patinox.memory.error.ConfigTypeException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What there is to know about records.
final class Records {

    private Records() {}

    /// Returns the canonical constructor as a function of an array.
    static MethodHandle constructor(Class<?> record, @Nullable Lookup lookup) {
        Class<?>[] parameters =
                Arrays.stream(record.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            Constructor<?> open = record.getDeclaredConstructor(parameters);
            MethodHandle handle;
            if (open.trySetAccessible()) {
                handle = MethodHandles.lookup().unreflectConstructor(open);
            } else if (lookup != null) {
                handle =
                        MethodHandles.privateLookupIn(record, lookup)
                                .findConstructor(
                                        record, MethodType.methodType(void.class, parameters));
            } else {
                throw refused(record, "give a Lookup: lookup(MethodHandles.lookup())");
            }
            return handle.asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw refused(record, "the Lookup given has no rights there: " + e.getMessage());
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every record has it", e);
        }
    }

    private static ConfigTypeException refused(Class<?> record, String wayOut) {
        return new ConfigTypeException(
                record.getName(),
                "its package is not open to io.patinox.memory; open it in module-info, or "
                        + wayOut);
    }

    /// Tells whether a component may be null: whether `@Nullable`, of whatever package, is on it.
    static boolean isNullable(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        return Stream.of((AnnotatedElement) component, type)
                .flatMap(element -> Arrays.stream(element.getAnnotations()))
                .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
    }

    /// Tells whether there may be a secret in values of a type.
    static boolean holdsSecret(Type type) {
        return holdsSecret(type, new HashSet<>());
    }

    private static boolean holdsSecret(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return false;
        }
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Secret.class
                    || Arrays.stream(generic.getActualTypeArguments())
                            .anyMatch(argument -> holdsSecret(argument, seen));
        }
        if (!(type instanceof Class<?> plain)) {
            return false;
        }
        if (plain.isRecord()) {
            return Arrays.stream(plain.getRecordComponents())
                    .anyMatch(component -> holdsSecret(component.getGenericType(), seen));
        }
        return plain == Secret.class
                || (plain.isSealed()
                        && Choices.records(plain).stream().anyMatch(r -> holdsSecret(r, seen)));
    }
}
