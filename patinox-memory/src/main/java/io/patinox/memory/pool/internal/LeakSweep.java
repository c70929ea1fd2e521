package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.RetireReason;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds leases that were dropped, and leases that are held for too long. Runs on the keeper.
final class LeakSweep<C> {
    /*
     * A slot refers to its lease, so a lease that is dropped at once stays reachable: at first.
     * A sweep that meets a lease for the second time puts a phantom reference in its place, by one
     * compare-and-set on the slot's holder. From then on only the borrower keeps the lease alive.
     * When the collector finds the lease unreachable, the reference comes up in the queue; if it
     * is still the slot's holder, the lease was never closed.
     *
     * Why there are no false alarms. A release writes null to the holder before it gives the slot
     * back. It is run by a method of the lease, which keeps the lease reachable to its end by a
     * reachability fence; so when the reference comes up, no release is running or can begin. A
     * release that came before has replaced the reference, whichever of the two stores was first:
     * if the sweep's compare-and-set won, the null overwrote the reference; if the null won, the
     * compare-and-set failed. So an acquire pays one release store, and a short lease no more.
     */
    private final ObjectPool<C> pool;
    private final ReferenceQueue<Lease<?>> queue = new ReferenceQueue<>();
    private final @Nullable Object[] seen;
    private final long[] reportedUse;
    private final long overdueNanos;

    LeakSweep(ObjectPool<C> pool, int slots) {
        this.pool = pool;
        seen = new @Nullable Object[slots];
        reportedUse = new long[slots];
        overdueNanos = PoolSettings.nanos(pool.settings().times().leakThreshold());
    }

    /// Looks at every lease that is held.
    void sweep(long now) {
        for (int i = 0; i < seen.length; i++) {
            Slot<C> slot = pool.slot(i);
            Object holder = slot.holder();
            if (holder instanceof Lease<?> lease) {
                if (seen[i] == lease) {
                    slot.replaceHolder(lease, new LeaseTracker(lease, queue, i));
                    seen[i] = null;
                } else {
                    seen[i] = lease;
                }
            } else {
                seen[i] = null;
            }
            if (holder != null && overdueNanos > 0 && now - slot.leasedAtNanos >= overdueNanos) {
                reportOverdue(slot, holder, now);
            }
        }
        recover(now);
    }

    private void recover(long now) {
        for (Reference<?> found = queue.poll(); found != null; found = queue.poll()) {
            if (found instanceof LeaseTracker tracker) {
                Slot<C> slot = pool.slot(tracker.slot());
                if (slot.replaceHolder(tracker, null)) {
                    Duration held = Duration.ofNanos(now - slot.leasedAtNanos);
                    Throwable site = slot.site;
                    slot.leave();
                    pool.retire(slot, RetireReason.LEAKED);
                    pool.publish(
                            new MonitorEvent.LeaseLeaked(pool.name(), Instant.now(), held, site));
                }
            }
        }
    }

    private void reportOverdue(Slot<C> slot, Object holder, long now) {
        long use = slot.uses;
        long heldNanos = now - slot.leasedAtNanos;
        Throwable site = slot.site;
        Thread borrower = slot.borrower();
        // What was read belongs together only if the holder is still the same, or its tracker.
        boolean same = holder.equals(slot.holder()) || slot.holder() instanceof LeaseTracker;
        if (!same
                || heldNanos < overdueNanos
                || reportedUse[slot.index] == use
                || borrower == null) {
            return;
        }
        reportedUse[slot.index] = use;
        List<StackTraceElement> stack = List.of(borrower.getStackTrace());
        pool.publish(
                new MonitorEvent.LeaseOverdue(
                        pool.name(),
                        Instant.now(),
                        Duration.ofNanos(heldNanos),
                        site,
                        borrower.toString(),
                        stack));
    }
}
