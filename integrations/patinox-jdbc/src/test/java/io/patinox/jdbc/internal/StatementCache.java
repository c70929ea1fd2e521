package io.patinox.jdbc.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A real connection whose prepared statements are kept when they are closed, and issued again as
/// the same objects, as the statement caches of some drivers do.
final class StatementCache {
    final Connection connection;

    /// How often a statement was closed.
    final AtomicInteger closes = new AtomicInteger();

    private final Connection real;
    private final Map<String, Kept> kept = new HashMap<>();

    StatementCache(Connection real) {
        this.real = real;
        this.connection = proxy(Connection.class, this::onConnection);
    }

    private interface Calls {
        @Nullable Object call(Method method, @Nullable Object[] args) throws Throwable;
    }

    private final class Kept {
        final PreparedStatement real;
        final PreparedStatement issued = proxy(PreparedStatement.class, this::on);
        boolean open;

        Kept(PreparedStatement real) {
            this.real = real;
        }

        private @Nullable Object on(Method method, @Nullable Object[] args) throws Throwable {
            switch (method.getName()) {
                case "close" -> {
                    closes.incrementAndGet();
                    open = false;
                    return null;
                }
                case "isClosed" -> {
                    return !open;
                }
                default -> {
                    if (!open) {
                        throw new SQLException("the driver's statement is closed");
                    }
                    return invoke(real, method, args);
                }
            }
        }
    }

    private @Nullable Object onConnection(Method method, @Nullable Object[] args) throws Throwable {
        if (!method.getName().equals("prepareStatement")) {
            return invoke(real, method, args);
        }
        String sql = (String) args[0];
        Kept statement = kept.get(sql);
        if (statement == null) {
            statement = new Kept(real.prepareStatement(sql));
            kept.put(sql, statement);
        }
        statement.open = true;
        return statement.issued;
    }

    private static @Nullable Object invoke(Object real, Method method, @Nullable Object[] args)
            throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, args) -> calls.call(method, args)));
    }
}
