package io.patinox.jdbc.internal;

import java.sql.SQLException;
import java.sql.Wrapper;

/// What a borrower holds of a driver's object, for as long as the lease lasts.
///
/// @param <T> the JDBC interface that is wrapped
abstract class Leased<T extends Wrapper> implements Wrapper {
    /// The driver's own object.
    final T raw;

    Leased(T raw) {
        this.raw = raw;
    }

    /// Returns the object that a forwarded call goes to.
    ///
    /// @throws SQLException if the lease is over and this object must not be used any more
    T delegate() throws SQLException {
        return raw;
    }

    /// Looks at what a forwarded call threw, and returns it for throwing.
    abstract Throwable failed(Throwable failure);

    /// Called before the driver's own object leaves in the borrower's hands.
    abstract void exposed() throws SQLException;

    @Override
    public final <W> W unwrap(Class<W> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        T target = delegate();
        exposed();
        return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        if (type.isInstance(this)) {
            return true;
        }
        T target = delegate();
        return type.isInstance(target) || target.isWrapperFor(type);
    }
}
