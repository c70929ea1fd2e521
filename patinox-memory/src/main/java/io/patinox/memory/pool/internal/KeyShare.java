package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.RetireReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One key of a keyed pool: the pool of its objects, and what it has of the total limit.
final class KeyShare<K, C> implements Allowance {
    /// Longer than any pause between failed attempts: for so long a failure is remembered.
    private static final long GRUDGE_NANOS = 1_500_000_000L;

    final K key;
    final int hash;
    private final KeyedObjectPool<K, C> home;
    private final TotalLimit limit;
    private final ObjectPool<C> pool;
    private volatile boolean forgotten;

    /// When it was last known to be of use, on the coarse clock.
    private volatile long usedNanos;

    // What follows is guarded by the lock of the limit.

    /// How many objects it has, and attempts, those included that were granted.
    int owned;

    /// How many attempts it has, those included that were granted.
    int creating;

    /// How many attempts were granted to it and not begun.
    int granted;

    /// How much room it was promised.
    int promised;

    boolean failing;
    boolean inLine;
    long ticket;
    int position = -1;

    KeyShare(
            KeyedObjectPool<K, C> home,
            K key,
            int hash,
            ConnectionManager<C> manager,
            PoolSettings settings) {
        this.home = home;
        this.key = key;
        this.hash = hash;
        limit = home.limit();
        pool = new ObjectPool<>(manager, settings, home.commons(), this);
        usedNanos = home.commons().clock().coarseNanos();
    }

    ObjectPool<C> pool() {
        return pool;
    }

    boolean isForgotten() {
        return forgotten;
    }

    void setForgotten(boolean forgotten) {
        this.forgotten = forgotten;
    }

    RoomLine.Standing standing() {
        if (failing) {
            return RoomLine.Standing.FAILING;
        }
        return size() == 0 ? RoomLine.Standing.BARE : RoomLine.Standing.GROWING;
    }

    /// {@return how many objects it has, or will have}
    int size() {
        return owned + promised;
    }

    /// {@return whether somebody waits for whom nothing is on its way}
    boolean wants() {
        return pool.engine().unserved() > creating + promised
                && size() < pool.maxSize()
                && !forgotten;
    }

    /// {@return when the key was used last, on the coarse clock}
    long lastUseNanos() {
        long last = usedNanos;
        for (Slot<C> slot : pool.slots()) {
            if (slot.isLent()) {
                return pool.clock().coarseNanos();
            }
            if (slot.object != null && slot.idleSinceNanos - last > 0) {
                last = slot.idleSinceNanos;
            }
        }
        return last;
    }

    /// Claims the idle object that was used least recently.
    ///
    /// @return its slot, or null when nothing is idle
    @Nullable Slot<C> claimOldest() {
        Slot<C> oldest = null;
        for (Slot<C> slot : pool.slots()) {
            if (pool.engine().isFree(slot.index)
                    && (oldest == null || slot.idleSinceNanos - oldest.idleSinceNanos < 0)) {
                oldest = slot;
            }
        }
        return oldest != null && pool.engine().claim(oldest.index) ? oldest : null;
    }

    /// Closes the key's engine unless somebody waits.
    boolean closeUnlessWaiting() {
        return pool.engine()
                .closeUnlessWaiting(slot -> pool.retire(pool.slot(slot), RetireReason.CLOSED));
    }

    /// Lets go of the key if it has nothing and nobody waits for anything.
    void forgetIfEmpty() {
        // The limit knows whether it has anything: an object that has left may still be in its
        // slot.
        if (pool.engine().waiting() == 0 && limit.forget(this, 0)) {
            end(List.of());
        }
    }

    private boolean isEmpty() {
        return pool.size() == 0 && pool.creating() == 0;
    }

    /// Looks at the key now and then: lets go of it if it has nothing, or was idle for too long.
    void sweep(long now, long idleNanos) {
        pool.upkeep().sweep(now);
        if (pool.engine().waiting() > 0 || pool.inUse() > 0) {
            usedNanos = now;
        } else if (isEmpty()) {
            if (pool.population().failures() == 0 || now - usedNanos >= GRUDGE_NANOS) {
                forgetIfEmpty();
            }
        } else if (idleNanos > 0 && now - lastUseNanos() >= idleNanos) {
            forgetIdle();
        }
    }

    /// Lets go of the key and its idle objects, unless somebody uses it again meanwhile.
    private void forgetIdle() {
        List<Slot<C>> claimed = new ArrayList<>();
        for (Slot<C> slot : pool.slots()) {
            if (pool.engine().claim(slot.index)) {
                claimed.add(slot);
            }
        }
        if (limit.forget(this, claimed.size())) {
            end(claimed);
        } else {
            claimed.forEach(pool::offer);
        }
    }

    private void end(List<Slot<C>> claimed) {
        pool.population().close();
        pool.closing().begin();
        home.forgot(this);
        claimed.forEach(slot -> pool.retire(slot, RetireReason.IDLE));
    }

    /// {@return whether the keeper has to look at it in each round}
    boolean isActive() {
        return pool.engine().waiting() > 0
                || pool.engine().isSettling()
                || (pool.limits().minSize() > 0 && pool.size() < pool.limits().minSize())
                || pool.isClosed();
    }

    @Override
    public boolean take(boolean forWaiter) {
        return limit.take(this, forWaiter);
    }

    @Override
    public void seekRoom() {
        limit.seekRoom();
    }

    @Override
    public void created() {
        limit.attempted(this, false);
    }

    @Override
    public void failed() {
        usedNanos = pool.clock().coarseNanos();
        limit.attempted(this, true);
        home.objectLeft();
    }

    @Override
    public void leaving(RetireReason reason) {
        limit.leaving(this, reason);
    }

    @Override
    public void left() {
        limit.left();
        forgetIfEmpty();
        home.objectLeft();
    }

    @Override
    public boolean yields() {
        return limit.wanted() > 0 && limit.yields(this);
    }

    @Override
    public void offered() {
        if (limit.wanted() > 0 && pool.engine().free() > 0) {
            limit.seekRoom();
        }
    }
}
