package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.KeyedConnectionManager;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What the migration pages show, compiled and executed.
class PoolMigrationExamples {

    /// Something costly.
    static final class Session {
        private final StringBuilder text = new StringBuilder();
        private boolean closed;

        void write(String more) {
            text.append(more);
        }

        void reset() {
            text.setLength(0);
        }

        boolean isOpen() {
            return !closed;
        }

        void close() {
            closed = true;
        }
    }

    // @start region="commons-factory"
    /// Was a `BasePooledObjectFactory<Session>`.
    static final class Sessions implements ConnectionManager<Session> {
        @Override
        public Session create() { // makeObject, without a PooledObject around it
            return new Session();
        }

        @Override
        public boolean validate(Session session) { // validateObject
            return session.isOpen();
        }

        @Override
        public void recycle(Session session) { // passivateObject
            session.reset();
        }

        @Override
        public void destroy(Session session) { // destroyObject
            session.close();
        }
    }

    // @end

    @Test
    void commonsConfig_asABuilder_lends() {
        // @start region="commons-config"
        Pool<Session> pool =
                Pool.builder(new Sessions())
                        .maxSize(8) // setMaxTotal
                        .minSize(2) // setMinIdle
                        .acquireTimeout(Duration.ofSeconds(5)) // setMaxWait
                        .validationBypass(Duration.ZERO) // setTestOnBorrow(true)
                        .idleTimeout(Duration.ofMinutes(30)) // setSoftMinEvictableIdleDuration
                        .leakThreshold(Duration.ofMinutes(1)) // AbandonedConfig, but only told
                        .build();
        // @end
        // @start region="commons-borrow"
        try (PooledConnection<Session> lease = pool.acquire()) { // borrowObject
            Session session = lease.connection();
            session.write("hello");
            if (!session.isOpen()) {
                lease.expire(); // invalidateObject
            }
        } // returnObject
        // @end
        assertThat(pool.inUse()).isZero();
        pool.close();
    }

    // @start region="commons-keyed-factory"
    /// Was a `BaseKeyedPooledObjectFactory<String, Session>`.
    static final class TenantSessions implements KeyedConnectionManager<String, Session> {
        @Override
        public Session create(String tenant) {
            return new Session();
        }

        @Override
        public void recycle(String tenant, Session session) {
            session.reset();
        }

        @Override
        public void destroy(String tenant, Session session) {
            session.close();
        }
    }

    // @end

    @Test
    void commonsKeyed_asAKeyedPool_lends() {
        // @start region="commons-keyed"
        try (KeyedPool<String, Session> pool =
                KeyedPool.builder(new TenantSessions())
                        .maxTotal(40) // setMaxTotal
                        .maxPerKey(8) // setMaxTotalPerKey
                        .eachKey(each -> each.acquireTimeout(Duration.ofSeconds(5))) // setMaxWait
                        .build()) {
            try (PooledConnection<Session> lease = pool.acquire("tenant-7")) { // borrowObject(key)
                lease.connection().write("hello");
            } // returnObject(key, object): the lease knows its key
            assertThat(pool.idle("tenant-7")).isEqualTo(1); // getNumIdle(key)
            assertThat(pool.keys()).containsExactly("tenant-7"); // getKeys
        }
        // @end
    }

    @Test
    void commonsNotBlocking_asTryAcquire_isEmpty() {
        try (Pool<Session> pool = Pool.builder(new Sessions()).maxSize(1).build();
                PooledConnection<Session> held = pool.acquire()) {
            assertThat(held.isReleased()).isFalse();
            // @start region="commons-no-wait"
            // setBlockWhenExhausted(false) and NoSuchElementException
            Optional<PooledConnection<Session>> lease = pool.tryAcquire();
            // @end
            assertThat(lease).isEmpty();
        }
    }

    // @start region="stormpot-allocator"
    /// Was an `Allocator<PooledSession>`: no slot to keep, no `Poolable` to implement.
    static final class PlainSessions implements ConnectionManager<Session> {
        final AtomicInteger created = new AtomicInteger();

        @Override
        public Session create() { // allocate(slot)
            created.incrementAndGet();
            return new Session();
        }

        @Override
        public boolean validate(Session session) { // Expiration.hasExpired, the other way round
            return session.isOpen();
        }

        @Override
        public void destroy(Session session) { // deallocate
            session.close();
        }
    }

    // @end

    @Test
    void stormpotBuilder_asABuilder_lends() {
        PlainSessions manager = new PlainSessions();
        // @start region="stormpot-build"
        Pool<Session> pool =
                Pool.builder(manager)
                        .maxSize(10) // setSize
                        .minSize(10) // Stormpot fills the pool without being asked
                        .maxLifetime(Duration.ofMinutes(10)) // Expiration.after(8, 10, MINUTES)
                        .idleTimeout(Duration.ZERO) // Stormpot has none
                        .build();
        // @end
        // @start region="stormpot-claim"
        try (PooledConnection<Session> lease = pool.acquire(Duration.ofSeconds(1))) { // claim
            lease.connection().write("hello");
        } catch (PoolAcquireTimeoutException e) { // claim returned null
            throw new IllegalStateException("try again later", e);
        }
        // @end
        // @start region="stormpot-apply"
        boolean open = pool.use(Session::isOpen); // apply, supply
        // @end
        assertThat(open).isTrue();
        // @start region="stormpot-shutdown"
        boolean complete = pool.close(Duration.ofSeconds(10)).complete(); // shutdown().await(...)
        // @end
        assertThat(complete).isTrue();
        assertThat(manager.created.get()).isBetween(1, 10);
    }
}
