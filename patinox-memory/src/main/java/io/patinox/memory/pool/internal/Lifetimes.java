package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.RetireReason;
import io.patinox.memory.resource.AsyncResourceGuard;
import java.util.concurrent.ThreadLocalRandom;

/// When objects have to go: their lifetimes, how often they may be lent, and evictions.
final class Lifetimes<C> {
    /*
     * All three come down to one number in the slot, `retireAtNanos`, which every acquire and every
     * release reads in any case. An object that has to go for another reason than its age gets a
     * number a century back, a mark, and whoever looks next finds its time over; the reason is
     * worked out then. So uses and evictions cost the hot path nothing.
     *
     * A mark may be set while somebody else holds the slot, by compare-and-set against the number
     * that was read before the slot's generation was looked at. If the slot is refilled in between
     * the number is another one, and the new object is left alone. (Under a clock that stands still
     * it may be the same by chance. Then an object goes early, and nothing worse happens.)
     *
     * A use limit is kept by `nextSiteUse`: the number of the lease at which the slot has to be
     * looked at next, be it to remember its site or because it is the last.
     *
     * What holds is read after the fields were written, and written before the slots are looked at,
     * each with a full fence. So an object that arrives while the tuning changes, or while older
     * ones are evicted, is seen by one of the two.
     */
    static final long CENTURY_NANOS = 100L * 365 * 24 * 3_600 * 1_000_000_000L;

    private final ObjectPool<C> pool;
    private final CoarseClock clock;

    Lifetimes(ObjectPool<C> pool) {
        this.pool = pool;
        clock = pool.clock();
    }

    /// Begins the life of an object in a slot that the caller holds.
    void begin(Slot<C> slot, AsyncResourceGuard<C> guard, C object, Generation<C> generation) {
        Limits limits = pool.limits();
        long now = clock.nanos();
        slot.generation = generation;
        slot.lot = ThreadLocalRandom.current().nextFloat();
        slot.bornNanos = now;
        slot.usesBefore = slot.uses;
        slot.fill(guard, object, clock.coarseNanos(), now + limits.lifetimeNanos(slot.lot));
        planNextLook(slot, slot.uses);
        if (!pool.limits().equals(limits)) {
            adapt(slot);
        }
    }

    /// Looks at a slot that is about to be lent, as it said it had to be.
    ///
    /// A place is not remembered if the object was last lent a moment ago: leases that short
    /// needn't be found, and a stack costs more than many of them.
    void reach(Slot<C> slot) {
        int every = pool.settings().siteSampling();
        if (every > 0
                && slot.uses % every == 0
                && (every == 1 || slot.leasedAtNanos != clock.coarseNanos())) {
            slot.site = new AcquisitionSite();
        }
        long maxUses = pool.limits().maxUses();
        if (maxUses > 0 && slot.uses - slot.usesBefore >= maxUses - 1) {
            slot.setRetireAt(clock.coarseNanos() - CENTURY_NANOS);
        }
        planNextLook(slot, slot.uses + 1);
    }

    /// Notes at which use the slot must be looked at next, from the given one on.
    private void planNextLook(Slot<C> slot, long from) {
        int every = pool.settings().siteSampling();
        Limits limits;
        do {
            limits = pool.limits();
            long site = every == 0 ? Long.MAX_VALUE : (from + every - 1) / every * every;
            long maxUses = limits.maxUses();
            // A sum beyond all numbers is a limit that is never reached.
            long last = slot.usesBefore + maxUses - 1;
            slot.setNextLook(maxUses == 0 || last < 0 ? site : Math.min(site, last));
        } while (!pool.limits().equals(limits));
    }

    /// Has a slot follow the tuning that holds now; anybody may hold it.
    void adapt(Slot<C> slot) {
        long now = clock.nanos();
        long planned = slot.retireAt();
        if (slot.isOccupied() && !isMarked(planned, now)) {
            Limits limits = pool.limits();
            long lifetime = limits.lifetimeNanos(slot.lot);
            long over = slot.bornNanos + lifetime;
            // Those whose time is over by the new measure don't all go at once.
            long spread =
                    (long) (limits.lifetimeNanos() * limits.tuning().lifetimeJitter() * slot.lot);
            slot.moveRetireAt(planned, over - now > 0 ? over : now + spread);
        }
        slot.setNextLook(0);
    }

    /// Marks an object that is older than the present generation; anybody may hold it.
    ///
    /// @return whether this call marked it
    boolean markIfOld(Slot<C> slot) {
        long now = clock.nanos();
        while (true) {
            long planned = slot.retireAt();
            if (!slot.isOccupied() || !isOld(slot) || isMarked(planned, now)) {
                return false;
            }
            if (slot.moveRetireAt(planned, now - CENTURY_NANOS)) {
                return true;
            }
        }
    }

    boolean isOver(Slot<C> slot) {
        return slot.retireAtNanos - clock.coarseNanos() <= 0;
    }

    /// {@return why an object goes whose time is over, which the caller holds}
    RetireReason reason(Slot<C> slot) {
        if (isOld(slot)) {
            return RetireReason.EVICTED;
        }
        long maxUses = pool.limits().maxUses();
        return maxUses > 0 && slot.uses - slot.usesBefore >= maxUses
                ? RetireReason.USES
                : RetireReason.LIFETIME;
    }

    boolean isOld(Slot<C> slot) {
        return slot.generation != pool.generations().current();
    }

    private static boolean isMarked(long retireAt, long now) {
        return retireAt - now < -CENTURY_NANOS / 2;
    }
}
