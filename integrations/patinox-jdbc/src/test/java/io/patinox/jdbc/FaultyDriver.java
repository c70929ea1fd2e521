package io.patinox.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A real driver with a fault: the n-th call of it, of its connections or of their statements
/// fails, and what it should have done is not done. Takes URLs that begin with `jdbc:faulty:`.
final class FaultyDriver implements Driver {
    static final String PREFIX = "jdbc:faulty:";

    private final AtomicInteger calls = new AtomicInteger();
    private final int failing;
    private final Supplier<? extends Throwable> fault;

    FaultyDriver(int failing, Supplier<? extends Throwable> fault) {
        this.failing = failing;
        this.fault = fault;
    }

    /// True once the call that fails has been made.
    boolean fired() {
        return calls.get() >= failing;
    }

    private boolean fails() {
        return calls.incrementAndGet() == failing;
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        if (fails()) {
            throw FaultyDriver.<SQLException>sneaky(fault.get());
        }
        return faulty(Connection.class, open(url, info));
    }

    private static Connection open(String url, Properties info) throws SQLException {
        String real = "jdbc:" + url.substring(PREFIX.length());
        return DriverManager.getDriver(real).connect(real, info);
    }

    private <T> T faulty(Class<T> type, T real) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, args) -> call(real, method, args)));
    }

    private @Nullable Object call(Object real, Method method, @Nullable Object[] args)
            throws Throwable {
        if (method.getDeclaringClass() != Object.class && fails()) {
            throw fault.get();
        }
        Object result;
        try {
            result = method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        Class<?> type = method.getReturnType();
        return result != null && java.sql.Statement.class.isAssignableFrom(type)
                ? faultyOf(type, result)
                : result;
    }

    private <T> T faultyOf(Class<T> type, Object real) {
        return faulty(type, type.cast(real));
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable t) throws X {
        throw (X) t;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }
}
