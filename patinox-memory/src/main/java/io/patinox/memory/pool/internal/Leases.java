package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.LeaseBatch;
import io.patinox.memory.pool.PooledConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The leases of a batch.
record Leases<C>(List<PooledConnection<C>> leases) implements LeaseBatch<C> {
    /// Copies the list.
    Leases {
        leases = List.copyOf(leases);
    }

    @Override
    public List<C> connections() {
        return leases.stream().map(PooledConnection::connection).toList();
    }

    @Override
    public void close() {
        closeAll(leases);
    }

    /// Closes all of them, whatever happens to one.
    static <C> void closeAll(List<PooledConnection<C>> leases) {
        Throwable failed = null;
        for (PooledConnection<C> lease : leases) {
            try {
                lease.close();
            } catch (RuntimeException | Error e) {
                failed = first(failed, e);
            }
        }
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed instanceof RuntimeException exception) {
            throw exception;
        }
    }

    @SuppressWarnings("ReferenceEquality") // a throwable can't suppress itself
    private static Throwable first(@Nullable Throwable before, Throwable failure) {
        if (before == null) {
            return failure;
        }
        if (before != failure) {
            before.addSuppressed(failure);
        }
        return before;
    }
}
