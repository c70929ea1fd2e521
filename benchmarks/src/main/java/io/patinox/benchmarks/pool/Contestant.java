package io.patinox.benchmarks.pool;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.ConcurrentBag;
import io.agroal.api.AgroalDataSource;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.sql.Connection;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.vibur.objectpool.ConcurrentPool;
import stormpot.PoolTap;
import stormpot.Timeout;

/// A pool as a crowd of borrowers sees it: the same few calls for everybody.
interface Contestant extends AutoCloseable {

    /// Borrows a connection, waiting as long as it takes.
    ///
    /// @return what [#release] takes back: a lease, an entry, or the connection itself
    Object acquire() throws Exception;

    /// Returns the connection that was acquired.
    default StubConnection connection(Object acquired) throws Exception {
        return (StubConnection) acquired;
    }

    /// Gives back what was acquired, by whatever thread.
    void release(Object acquired) throws Exception;

    /// Returns how often the pool itself saw somebody overtaken, where it counts.
    default OptionalLong overtakings() {
        return OptionalLong.empty();
    }

    @Override
    default void close() {
        // some pools have nothing to close
    }

    /// Sets up an implementation.
    ///
    /// @param name one of the names in [Peers]
    /// @param size how many connections
    static Contestant of(String name, int size) {
        return switch (name) {
            case Peers.PATINOX -> new Patinox(Peers.patinox(size));
            case Peers.HIKARI -> new Hikari(Peers.hikari(size));
            case Peers.HIKARI_BAG -> new Bag(Peers.hikariBag(size));
            case Peers.COMMONS -> new Commons(Peers.commons(size, false));
            case Peers.COMMONS_FAIR -> new Commons(Peers.commons(size, true));
            case Peers.PATINOX_PACKED -> new Patinox(Peers.patinoxPacked(size));
            case Peers.PATINOX_OVERTAKING -> new Patinox(Peers.patinoxOvertaking(size));
            case Peers.STORMPOT -> Stormpot.of(Peers.stormpot(size), false);
            case Peers.STORMPOT_VIRTUAL -> Stormpot.of(Peers.stormpot(size), true);
            case Peers.VIBUR -> new Vibur(Peers.vibur(size));
            case Peers.AGROAL -> new Agroal(Peers.agroal(size));
            case Peers.SEMAPHORE -> new FairSemaphore(Peers.semaphore(size));
            default -> throw new IllegalArgumentException("no implementation " + name);
        };
    }

    /// Ours: what comes back is a lease.
    record Patinox(Pool<StubConnection> pool) implements Contestant {

        @Override
        public PooledConnection<StubConnection> acquire() {
            return pool.acquire();
        }

        @Override
        public StubConnection connection(Object acquired) {
            return (StubConnection) ((PooledConnection<?>) acquired).connection();
        }

        @Override
        public void release(Object acquired) {
            ((PooledConnection<?>) acquired).close();
        }

        @Override
        public OptionalLong overtakings() {
            Long count = pool.metrics().counters().get("pool.overtakings");
            return count == null ? OptionalLong.empty() : OptionalLong.of(count);
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /// HikariCP's data source: what comes back is a proxy, and what is pooled is under it.
    record Hikari(HikariDataSource pool) implements Contestant {

        @Override
        public Connection acquire() throws Exception {
            return pool.getConnection();
        }

        @Override
        public StubConnection connection(Object acquired) throws Exception {
            return ((Connection) acquired).unwrap(StubConnection.class);
        }

        @Override
        public void release(Object acquired) throws Exception {
            ((Connection) acquired).close();
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /// HikariCP's bag without anything around it.
    record Bag(ConcurrentBag<BagEntry> pool) implements Contestant {

        @Override
        public BagEntry acquire() throws Exception {
            return Objects.requireNonNull(pool.borrow(1, TimeUnit.MINUTES));
        }

        @Override
        public StubConnection connection(Object acquired) {
            return ((BagEntry) acquired).connection;
        }

        @Override
        public void release(Object acquired) {
            pool.requite((BagEntry) acquired);
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /// commons-pool2.
    record Commons(GenericObjectPool<StubConnection> pool) implements Contestant {

        @Override
        public StubConnection acquire() throws Exception {
            return pool.borrowObject();
        }

        @Override
        public void release(Object acquired) {
            pool.returnObject((StubConnection) acquired);
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /// Stormpot, through one of its taps for many threads.
    record Stormpot(stormpot.Pool<StormpotEntry> pool, PoolTap<StormpotEntry> tap)
            implements Contestant {

        private static final Timeout PATIENCE = new Timeout(1, TimeUnit.MINUTES);

        static Stormpot of(stormpot.Pool<StormpotEntry> pool, boolean virtual) {
            return new Stormpot(
                    pool, virtual ? pool.getVirtualThreadSafeTap() : pool.getThreadSafeTap());
        }

        @Override
        public StormpotEntry acquire() throws Exception {
            return Objects.requireNonNull(tap.claim(PATIENCE));
        }

        @Override
        public StubConnection connection(Object acquired) {
            return ((StormpotEntry) acquired).connection;
        }

        @Override
        public void release(Object acquired) {
            ((StormpotEntry) acquired).release();
        }

        @Override
        public void close() {
            pool.shutdown();
        }
    }

    /// The pool under Vibur's.
    record Vibur(ConcurrentPool<StubConnection> pool) implements Contestant {

        @Override
        public StubConnection acquire() {
            return Objects.requireNonNull(pool.take());
        }

        @Override
        public void release(Object acquired) {
            pool.restore((StubConnection) acquired);
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /// Agroal's data source.
    record Agroal(AgroalDataSource pool) implements Contestant {

        @Override
        public Connection acquire() throws Exception {
            return pool.getConnection();
        }

        @Override
        public StubConnection connection(Object acquired) throws Exception {
            return ((Connection) acquired).unwrap(StubConnection.class);
        }

        @Override
        public void release(Object acquired) throws Exception {
            ((Connection) acquired).close();
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /// The yardstick.
    record FairSemaphore(FairSemaphorePool<StubConnection> pool) implements Contestant {

        @Override
        public StubConnection acquire() throws Exception {
            return pool.acquire();
        }

        @Override
        public void release(Object acquired) {
            pool.release((StubConnection) acquired);
        }
    }
}
