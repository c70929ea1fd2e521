package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.RetireReason;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Finds leases that were dropped, and leases that are held for too long. Runs on the keeper.
final class LeakSweep<C> {
    /*
     * The slot does not refer to its lease, and the lease need not even exist as an object: where
     * the compiler sees that it doesn't escape, it is only a few registers. What is watched is the
     * token, an object that a slot keeps for its leases and that each of them refers to.
     *
     * A sweep that meets a lease for the second time puts a phantom reference to the token in the
     * token's place. From then on only leases keep it reachable. When the collector finds it
     * unreachable while the slot is still lent, and no later lease has brought a token of its own,
     * the lease was never closed. So an acquire pays one read, and a short lease no more.
     *
     * Why there are no false alarms. A lease that is being closed keeps the token reachable to the
     * end of the release by a reachability fence. So when the reference comes up, every release of
     * a lease with this token is over, or will never come, and what it wrote is visible here: what
     * is done before a reachability fence happens-before the reference is enqueued. If the slot is
     * lent nevertheless, it is lent to a lease with this token, which is lost; or to a later one,
     * which found no token and has put a new one there before it said that the slot is lent. In the
     * latter case the compare-and-set of recover() fails.
     */
    private final ObjectPool<C> pool;
    private final ReferenceQueue<Token<?>> queue = new ReferenceQueue<>();

    LeakSweep(ObjectPool<C> pool) {
        this.pool = pool;
    }

    /// Looks at every lease that is held.
    void sweep(long now) {
        long overdueNanos = pool.limits().leakNanos();
        for (Slot<C> slot : pool.slots()) {
            if (slot.isLent()) {
                track(slot);
                if (overdueNanos > 0 && now - slot.leasedAtNanos >= overdueNanos) {
                    reportOverdue(slot, now, overdueNanos);
                }
            }
        }
        recover(now);
    }

    private void track(Slot<C> slot) {
        int use = (int) slot.uses;
        Token<C> token = slot.token();
        if (token != null && slot.sweptUse == use) {
            slot.track(token, new LeaseTracker(token, queue, slot.index));
        }
        slot.sweptUse = use;
    }

    private void recover(long now) {
        for (Reference<?> found = queue.poll(); found != null; found = queue.poll()) {
            if (found instanceof LeaseTracker tracker) {
                Slot<C> slot = pool.slot(tracker.slot());
                if (slot.isLent() && slot.recover(tracker)) {
                    Duration held = Duration.ofNanos(now - slot.leasedAtNanos);
                    Throwable site = slot.site;
                    String label = slot.label();
                    slot.leave();
                    pool.retire(slot, RetireReason.LEAKED);
                    pool.publish(
                            new MonitorEvent.LeaseLeaked(
                                    pool.name(), Instant.now(), held, site, label));
                }
            }
        }
    }

    private void reportOverdue(Slot<C> slot, long now, long overdueNanos) {
        int use = (int) slot.uses;
        long heldNanos = now - slot.leasedAtNanos;
        Throwable site = slot.site;
        Thread borrower = slot.borrower();
        String label = slot.label();
        // What was read belongs together only if it is still the same lease.
        boolean same = slot.isLent() && (int) slot.uses == use;
        if (!same || heldNanos < overdueNanos || slot.reportedUse == use || borrower == null) {
            return;
        }
        slot.reportedUse = use;
        List<StackTraceElement> stack = List.of(borrower.getStackTrace());
        pool.publish(
                new MonitorEvent.LeaseOverdue(
                        pool.name(),
                        Instant.now(),
                        Duration.ofNanos(heldNanos),
                        site,
                        borrower.toString(),
                        stack,
                        label));
    }
}
