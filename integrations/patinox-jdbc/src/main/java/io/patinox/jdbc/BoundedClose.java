package io.patinox.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Closes a connection within a time, whatever its driver does.
final class BoundedClose {
    /*
     * Drivers say good-bye to the server, and may wait for it. So close() runs on a thread of its
     * own, and abort(), which must not wait, ends what hangs. Some drivers' abort() does nothing,
     * so that a close() that failed at once is tried once more.
     */
    private final Connection connection;
    private final Duration limit;

    private BoundedClose(Connection connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /// Closes the connection.
    ///
    /// @throws SQLException what the driver threw, even if the second try succeeded
    /// @throws TimeoutException if the connection was aborted because the time was over
    /// @throws InterruptedException if the connection was aborted because this thread was
    ///   interrupted
    static void of(Connection connection, Duration limit)
            throws SQLException, TimeoutException, InterruptedException {
        new BoundedClose(connection, limit).run();
    }

    private void run() throws SQLException, TimeoutException, InterruptedException {
        try {
            close();
        } catch (ExecutionException e) {
            Throwable failure = Objects.requireNonNull(e.getCause());
            abort(failure);
            if (!connection.isClosed()) {
                closeAgain(failure);
            }
            throw asDeclared(failure);
        } catch (TimeoutException | InterruptedException e) {
            abort(e);
            throw e;
        }
    }

    private void close() throws ExecutionException, TimeoutException, InterruptedException {
        FutureTask<Void> closing =
                new FutureTask<>(() -> {
                    connection.close();
                    return null;
                });
        Thread.ofVirtual().name("patinox-jdbc-close").start(closing);
        closing.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void closeAgain(Throwable reason) throws InterruptedException {
        try {
            close();
        } catch (ExecutionException e) {
            suppress(reason, Objects.requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            suppress(reason, e);
        }
    }

    private void abort(Throwable reason) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            suppress(reason, e);
        }
    }

    /// Notes a failure that came while another was dealt with.
    @SuppressWarnings("ReferenceEquality") // an exception can't suppress itself
    static void suppress(Throwable reason, Throwable failure) {
        if (failure != reason) {
            reason.addSuppressed(failure);
        }
    }

    private static SQLException asDeclared(Throwable failure) {
        return switch (failure) {
            case Error error -> throw error;
            case RuntimeException e -> throw e;
            case SQLException e -> e;
            default -> new SQLException(failure);
        };
    }
}
