package io.patinox.jdbc.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stands in for a driver's object: records what arrives, and answers with a value that can be told
/// apart, or throws.
final class RecordingDriverObject<T> implements InvocationHandler {
    private static final Map<Class<?>, Object> ANSWERS =
            Map.of(
                    boolean.class,
                    true,
                    byte.class,
                    (byte) 3,
                    short.class,
                    (short) 5,
                    int.class,
                    7,
                    long.class,
                    1L << 40,
                    float.class,
                    1.5f,
                    double.class,
                    2.5,
                    String.class,
                    "answer",
                    int[].class,
                    new int[] {1, 2},
                    long[].class,
                    new long[] {3, 4});

    final T object;
    final List<Method> calls = new ArrayList<>();
    @Nullable Object @Nullable [] arguments;
    @Nullable Object answer;
    @Nullable Throwable failure;

    /// What `isClosed()` answers, where it matters.
    @Nullable Boolean closed;

    /// Makes `isValid()` say no.
    boolean invalid;

    /// The methods that throw [#refusal].
    final Set<String> refusals = new HashSet<>();

    Throwable refusal = new SQLFeatureNotSupportedException("not here", "0A000");

    RecordingDriverObject(Class<T> type) {
        object =
                type.cast(
                        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] args)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == args[0];
                default -> "recording";
            };
        }
        calls.add(method);
        arguments = args == null ? new Object[0] : args;
        if (failure != null) {
            throw failure;
        }
        if (refusals.contains(method.getName())) {
            throw refusal;
        }
        boolean asksClosed = method.getName().equals("isClosed") && closed != null;
        answer = asksClosed ? closed : value(method.getReturnType());
        if (invalid && method.getName().equals("isValid")) {
            answer = false;
        }
        return answer;
    }

    /// The last method that arrived.
    Method last() {
        return calls.getLast();
    }

    static @Nullable Object value(Class<?> type) {
        Object known = ANSWERS.get(type);
        if (known != null || type == void.class) {
            return known;
        }
        return type.isInterface() && type.getName().startsWith("java.sql.")
                ? new RecordingDriverObject<>(type).object
                : null;
    }

    static @Nullable Object[] arguments(Method method) {
        Class<?>[] types = method.getParameterTypes();
        @Nullable Object[] values = new @Nullable Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = value(types[i]);
        }
        return values;
    }
}
