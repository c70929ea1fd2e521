package io.patinox.memory.pool.internal;

import io.patinox.memory.error.Options;
import io.patinox.memory.resource.AsyncResourceGuard;

/// Takes in objects that were made elsewhere.
final class Donations<C> {
    /*
     * The place is taken first, so that there are never more objects than may be, and given up when
     * the registry doesn't take the object. From then on the object is like any other: it belongs
     * to the present generation, whose manager destroys it.
     */
    private final ObjectPool<C> pool;

    Donations(ObjectPool<C> pool) {
        this.pool = pool;
    }

    /// Takes an object, if there is room for it.
    ///
    /// @return false when the caller keeps it
    boolean take(C object) {
        Options.required("object", object);
        int slot = pool.population().admit();
        if (slot < 0) {
            return false;
        }
        Generation<C> generation = pool.generations().enter();
        AsyncResourceGuard<C> guard = null;
        try {
            guard = pool.custody().adopt(slot, object, generation.manager);
        } catch (RuntimeException refused) {
            if (!pool.isClosed()) {
                throw refused;
            }
            return false;
        } finally {
            if (guard == null) {
                generation.leave();
                pool.population().dismiss(slot);
            }
        }
        try {
            pool.meters().donated.increment();
            pool.keeper().ensureStarted();
            pool.circulation().welcome(pool.slot(slot), guard, object, generation);
        } finally {
            pool.population().settle();
        }
        return true;
    }
}
