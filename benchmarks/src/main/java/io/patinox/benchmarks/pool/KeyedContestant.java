package io.patinox.benchmarks.pool;

import io.patinox.memory.pool.KeyedConnectionManager;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.PooledConnection;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/// A keyed pool as a crowd of borrowers sees it.
interface KeyedContestant extends AutoCloseable {

    /// Borrows an object of a key, waiting as long as it takes.
    ///
    /// @return what [#release] wants to have
    Object acquire(Integer key) throws Exception;

    /// Gives back what was acquired.
    void release(Integer key, Object acquired) throws Exception;

    @Override
    void close();

    /// Sets up an implementation.
    static KeyedContestant of(String name, int size, KeyedObjects objects) {
        return switch (name) {
            case Peers.PATINOX -> new Patinox(patinox(size, objects));
            case Peers.COMMONS -> new Commons(commons(size, objects));
            default -> throw new IllegalArgumentException("no keyed pool of " + name);
        };
    }

    private static KeyedPool<Integer, Object> patinox(int size, KeyedObjects objects) {
        KeyedConnectionManager<Integer, Object> manager =
                new KeyedConnectionManager<>() {
                    @Override
                    public Object create(Integer key) throws Exception {
                        return objects.create();
                    }

                    @Override
                    public void destroy(Integer key, Object connection) {
                        objects.destroy();
                    }
                };
        return KeyedPool.builder(manager).name("bench").maxTotal(size).maxPerKey(size).build();
    }

    private static GenericKeyedObjectPool<Integer, Object> commons(int size, KeyedObjects objects) {
        GenericKeyedObjectPoolConfig<Object> config = new GenericKeyedObjectPoolConfig<>();
        config.setMaxTotal(size);
        config.setMaxTotalPerKey(size);
        config.setMaxIdlePerKey(size);
        config.setJmxEnabled(false);
        return new GenericKeyedObjectPool<>(
                new BaseKeyedPooledObjectFactory<Integer, Object>() {
                    @Override
                    public Object create(Integer key) throws Exception {
                        return objects.create();
                    }

                    @Override
                    public PooledObject<Object> wrap(Object value) {
                        return new DefaultPooledObject<>(value);
                    }

                    @Override
                    public void destroyObject(Integer key, PooledObject<Object> pooled) {
                        objects.destroy();
                    }
                },
                config);
    }

    /// Ours: what comes back is a lease.
    record Patinox(KeyedPool<Integer, Object> pool) implements KeyedContestant {

        @Override
        public Object acquire(Integer key) {
            return pool.acquire(key);
        }

        @Override
        public void release(Integer key, Object acquired) {
            ((PooledConnection<?>) acquired).close();
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /// The keyed pool of commons-pool2.
    record Commons(GenericKeyedObjectPool<Integer, Object> pool) implements KeyedContestant {

        @Override
        public Object acquire(Integer key) throws Exception {
            return pool.borrowObject(key);
        }

        @Override
        public void release(Integer key, Object acquired) {
            pool.returnObject(key, acquired);
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
