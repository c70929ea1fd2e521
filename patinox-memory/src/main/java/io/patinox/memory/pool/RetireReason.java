package io.patinox.memory.pool;

/// Why a pool took an object out of service for good.
public enum RetireReason {
    /// The borrower called [PooledConnection#expire()].
    BROKEN("broken"),
    /// [ConnectionManager#validate] said no, threw, or didn't answer in time.
    INVALID("invalid"),
    /// [ConnectionManager#recycle] threw.
    RECYCLE_FAILED("recycle-failed"),
    /// It was idle for longer than the idle timeout.
    IDLE("idle"),
    /// It reached the end of its lifetime.
    LIFETIME("lifetime"),
    /// It was lent as often as it may be.
    USES("uses"),
    /// It was older than [Pool#softEvictAll()] or made by a manager that was switched off.
    EVICTED("evicted"),
    /// There were more objects than there may be, since the pool was made smaller.
    RESIZED("resized"),
    /// Its borrower took it out of the pool by [PooledConnection#detach()]; it is not destroyed.
    DETACHED("detached"),
    /// Its lease was dropped without being closed.
    LEAKED("leaked"),
    /// Its room in a keyed pool went to another key.
    MOVED("moved"),
    /// The pool was closed.
    CLOSED("closed");

    private final String label;

    RetireReason(String label) {
        this.label = label;
    }

    /// {@return the reason as it stands in the names of metrics, such as `pool.retired.idle`}
    public String label() {
        return label;
    }
}
