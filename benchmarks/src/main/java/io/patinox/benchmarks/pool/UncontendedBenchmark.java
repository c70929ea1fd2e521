package io.patinox.benchmarks.pool;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.ConcurrentBag;
import io.agroal.api.AgroalDataSource;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.vibur.objectpool.ConcurrentPool;
import stormpot.PoolTap;
import stormpot.Timeout;

/// Acquire and release while nobody waits: one method an implementation, written as a user would.
/// Every pool has [#SIZE] objects and is held in an instance field.
public class UncontendedBenchmark {

    /// How many objects each pool has: more than there are threads.
    static final int SIZE = 8;

    /// Our pool.
    @State(Scope.Benchmark)
    public static class Patinox {

        private final Pool<StubConnection> pool = Peers.patinox(SIZE);

        /// Closes the pool.
        @TearDown
        public void close() {
            pool.close();
        }
    }

    /// HikariCP's data source.
    @State(Scope.Benchmark)
    public static class Hikari {

        private final HikariDataSource pool = Peers.hikari(SIZE);

        /// Closes the pool.
        @TearDown
        public void close() {
            pool.close();
        }
    }

    /// HikariCP's bag.
    @State(Scope.Benchmark)
    public static class Bag {

        private final ConcurrentBag<BagEntry> pool = Peers.hikariBag(SIZE);
    }

    /// commons-pool2, as it comes.
    @State(Scope.Benchmark)
    public static class Commons {

        private final GenericObjectPool<StubConnection> pool = Peers.commons(SIZE, false);

        /// Closes the pool.
        @TearDown
        public void close() {
            pool.close();
        }
    }

    /// commons-pool2 with its fair lock.
    @State(Scope.Benchmark)
    public static class CommonsFair {

        private final GenericObjectPool<StubConnection> pool = Peers.commons(SIZE, true);

        /// Closes the pool.
        @TearDown
        public void close() {
            pool.close();
        }
    }

    /// Our pool on its other engine.
    @State(Scope.Benchmark)
    public static class PatinoxPacked {

        private final Pool<StubConnection> pool = Peers.patinoxPacked(SIZE);

        /// Closes the pool.
        @TearDown
        public void close() {
            pool.close();
        }
    }

    /// Stormpot and its two taps for many threads.
    @State(Scope.Benchmark)
    public static class Stormpot {

        private final stormpot.Pool<StormpotEntry> pool = Peers.stormpot(SIZE);
        private final PoolTap<StormpotEntry> tap = pool.getThreadSafeTap();
        private final PoolTap<StormpotEntry> virtualTap = pool.getVirtualThreadSafeTap();
        private final Timeout timeout = new Timeout(1, TimeUnit.MINUTES);

        /// Closes the pool.
        @TearDown
        public void close() {
            pool.shutdown();
        }
    }

    /// Vibur's pool of objects.
    @State(Scope.Benchmark)
    public static class Vibur {

        private final ConcurrentPool<StubConnection> pool = Peers.vibur(SIZE);

        /// Closes the pool.
        @TearDown
        public void close() {
            pool.close();
        }
    }

    /// Agroal's data source.
    @State(Scope.Benchmark)
    public static class Agroal {

        private final AgroalDataSource pool = Peers.agroal(SIZE);

        /// Closes the pool.
        @TearDown
        public void close() {
            pool.close();
        }
    }

    /// The fair semaphore.
    @State(Scope.Benchmark)
    public static class Semaphore {

        private final FairSemaphorePool<StubConnection> pool = Peers.semaphore(SIZE);
    }

    /// Acquires a lease, looks at its connection and closes it.
    ///
    /// @param state the pool
    /// @return what was leased
    @Benchmark
    public Object patinox(Patinox state) {
        try (PooledConnection<StubConnection> lease = state.pool.acquire()) {
            return lease.connection();
        }
    }

    /// Acquires a lease, looks at its connection and closes it.
    ///
    /// @param state the pool
    /// @return what was leased
    @Benchmark
    public Object patinoxPacked(PatinoxPacked state) {
        try (PooledConnection<StubConnection> lease = state.pool.acquire()) {
            return lease.connection();
        }
    }

    /// Claims an entry and releases it.
    ///
    /// @param state the pool
    /// @return what was claimed
    /// @throws InterruptedException when interrupted
    @Benchmark
    public Object stormpot(Stormpot state) throws InterruptedException {
        return cycle(state.tap, state.timeout);
    }

    /// Claims an entry by the tap for virtual threads and releases it.
    ///
    /// @param state the pool
    /// @return what was claimed
    /// @throws InterruptedException when interrupted
    @Benchmark
    public Object stormpotVirtual(Stormpot state) throws InterruptedException {
        return cycle(state.virtualTap, state.timeout);
    }

    private static Object cycle(PoolTap<StormpotEntry> tap, Timeout timeout)
            throws InterruptedException {
        StormpotEntry entry = Objects.requireNonNull(tap.claim(timeout));
        try {
            return entry.connection;
        } finally {
            entry.release();
        }
    }

    /// Takes an object and restores it.
    ///
    /// @param state the pool
    /// @return what was taken
    @Benchmark
    public Object vibur(Vibur state) {
        StubConnection connection = Objects.requireNonNull(state.pool.take());
        try {
            return connection;
        } finally {
            state.pool.restore(connection);
        }
    }

    /// Gets a wrapper and closes it.
    ///
    /// @param state the pool
    /// @return the wrapper
    /// @throws SQLException when the pool fails
    @Benchmark
    public Connection agroal(Agroal state) throws SQLException {
        try (Connection connection = state.pool.getConnection()) {
            return connection;
        }
    }

    /// Gets a proxy and closes it, which resets the connection's state.
    ///
    /// @param state the pool
    /// @return the proxy
    /// @throws SQLException when the pool fails
    @Benchmark
    public Connection hikari(Hikari state) throws SQLException {
        try (Connection connection = state.pool.getConnection()) {
            return connection;
        }
    }

    /// Borrows an entry of the bag and requites it.
    ///
    /// @param state the pool
    /// @return what was borrowed
    /// @throws InterruptedException when interrupted
    @Benchmark
    public Object hikariBag(Bag state) throws InterruptedException {
        BagEntry entry = Objects.requireNonNull(state.pool.borrow(1, TimeUnit.MINUTES));
        try {
            return entry.connection;
        } finally {
            state.pool.requite(entry);
        }
    }

    /// Borrows an object and returns it.
    ///
    /// @param state the pool
    /// @return what was borrowed
    /// @throws Exception when the pool fails
    @Benchmark
    public Object commons(Commons state) throws Exception {
        return cycle(state.pool);
    }

    /// Borrows an object and returns it.
    ///
    /// @param state the pool
    /// @return what was borrowed
    /// @throws Exception when the pool fails
    @Benchmark
    public Object commonsFair(CommonsFair state) throws Exception {
        return cycle(state.pool);
    }

    /// Borrows an object and returns it.
    ///
    /// @param state the pool
    /// @return what was borrowed
    /// @throws InterruptedException when interrupted
    @Benchmark
    public Object semaphore(Semaphore state) throws InterruptedException {
        StubConnection connection = state.pool.acquire();
        try {
            return connection;
        } finally {
            state.pool.release(connection);
        }
    }

    private static Object cycle(GenericObjectPool<StubConnection> pool) throws Exception {
        StubConnection connection = pool.borrowObject();
        try {
            return connection;
        } finally {
            pool.returnObject(connection);
        }
    }
}
