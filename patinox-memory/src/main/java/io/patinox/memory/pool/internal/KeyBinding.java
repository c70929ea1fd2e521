package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.KeyedConnectionManager;
import java.lang.reflect.Method;

/// A keyed manager, bound to one key.
class KeyBinding<K, C> implements ConnectionManager<C> {
    final KeyedConnectionManager<K, C> manager;
    final K key;

    private KeyBinding(KeyedConnectionManager<K, C> manager, K key) {
        this.manager = manager;
        this.key = key;
    }

    /// {@return the manager of one key}
    ///
    /// @param recycles whether it has a `recycle` of its own: see [#recycles]
    static <K, C> ConnectionManager<C> of(
            KeyedConnectionManager<K, C> manager, K key, boolean recycles) {
        return recycles ? new Recycles<>(manager, key) : new KeyBinding<>(manager, key);
    }

    /// {@return false when the manager has no `recycle` of its own, for certain}
    static boolean recycles(KeyedConnectionManager<?, ?> manager) {
        boolean inherited = false;
        for (Method method : manager.getClass().getMethods()) {
            if (method.getName().equals("recycle") && method.getParameterCount() == 2) {
                if (method.getDeclaringClass() != KeyedConnectionManager.class) {
                    return true;
                }
                inherited = true;
            }
        }
        return !inherited;
    }

    @Override
    public C create() throws Exception {
        return manager.create(key);
    }

    @Override
    public boolean validate(C connection) throws Exception {
        return manager.validate(key, connection);
    }

    @Override
    public void destroy(C connection) throws Exception {
        manager.destroy(key, connection);
    }

    /// One that brings objects back into their first state.
    private static final class Recycles<K, C> extends KeyBinding<K, C> {
        Recycles(KeyedConnectionManager<K, C> manager, K key) {
            super(manager, key);
        }

        @Override
        public void recycle(C connection) throws Exception {
            manager.recycle(key, connection);
        }
    }
}
