package io.patinox.contract.pool;

import io.patinox.memory.pool.ConnectionManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Makes the objects of a test and counts what becomes of each. A test overrides what shall go
/// wrong; the counting has been done by then.
class Things implements ConnectionManager<Things.Thing> {
    final List<Thing> created = new CopyOnWriteArrayList<>();

    @Override
    public final @Nullable Thing create() throws Exception {
        return made(creating());
    }

    @Override
    public final boolean validate(Thing thing) throws Exception {
        return validating(thing);
    }

    @Override
    public final void recycle(Thing thing) throws Exception {
        recycling(thing);
    }

    @Override
    public final void destroy(Thing thing) throws Exception {
        thing.destroyed.incrementAndGet();
        destroying(thing);
    }

    private @Nullable Thing made(@Nullable Thing thing) {
        if (thing != null) {
            created.add(thing);
        }
        return thing;
    }

    @Nullable Thing creating() throws Exception {
        return new Thing();
    }

    boolean validating(Thing thing) throws Exception {
        return true;
    }

    void recycling(Thing thing) throws Exception {}

    void destroying(Thing thing) throws Exception {}

    /// One pooled object.
    static final class Thing {
        final AtomicInteger users = new AtomicInteger();
        final AtomicInteger destroyed = new AtomicInteger();

        /// Whatever the borrowers pass on to each other; guarded by the lease.
        long note;

        /// Uses it as its only user.
        void touch() {
            if (users.incrementAndGet() != 1 || destroyed.get() != 0) {
                throw new AssertionError("lent to two, or destroyed while lent");
            }
            users.decrementAndGet();
        }
    }
}
