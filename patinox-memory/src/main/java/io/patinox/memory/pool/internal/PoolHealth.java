package io.patinox.memory.pool.internal;

import io.patinox.memory.error.MemoryErrorCode;
import io.patinox.memory.internal.Describe;
import io.patinox.memory.monitor.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers how a pool is, from its counters alone: no code of the user runs, not even the ticker,
/// and nothing is waited for.
final class PoolHealth {
    static final String SUSPENDED = "POOL-SUSPENDED";
    static final String KEEPER_STUCK = "POOL-KEEPER-STUCK";

    /// From when on the keeper, which makes ten rounds a second, is said to be stuck.
    private static final Duration STUCK = Duration.ofSeconds(5);

    private final ObjectPool<?> pool;
    private final List<Health.Reason> reasons = new ArrayList<>();
    private boolean down;

    private PoolHealth(ObjectPool<?> pool) {
        this.pool = pool;
    }

    static Health of(ObjectPool<?> pool) {
        return new PoolHealth(pool).health();
    }

    private Health health() {
        if (pool.isClosed()) {
            down = true;
            int left = pool.inUse();
            String rest = left == 0 ? "" : ", " + left + " objects are still in use";
            add(MemoryErrorCode.POOL_CLOSED, "the pool is closed" + rest);
        } else {
            lookAtCreation();
            lookAtStrays();
            if (pool.isSuspended()) {
                String text = "the pool is suspended, " + pool.waiting() + " borrowers wait";
                reasons.add(new Health.Reason(SUSPENDED, text));
            } else {
                lookAtSize();
            }
            lookAtKeeper();
        }
        Health.Reason[] all = reasons.toArray(Health.Reason[]::new);
        return all.length == 0 ? Health.up() : down ? Health.down(all) : Health.degraded(all);
    }

    private void add(MemoryErrorCode code, String text) {
        reasons.add(new Health.Reason(code.id(), text));
    }

    /// Failed attempts matter if there is nothing to lend, or somebody waits.
    private void lookAtCreation() {
        int failures = pool.population().failures();
        boolean empty = pool.size() == 0;
        if (failures == 0 || (!empty && pool.waiting() == 0)) {
            return;
        }
        down = empty;
        Throwable last = pool.population().lastFailure();
        // The class only: a message may hold what must not be shown.
        String cause = last == null ? "" : ", the last with " + last.getClass().getName();
        String text = failures + " attempts in a row to create an object failed" + cause;
        Availability<?> availability = pool.population().availability();
        Duration lasting = availability.lasting();
        if (lasting == null) {
            add(MemoryErrorCode.POOL_CREATE_FAILED, text);
        } else {
            String meanwhile =
                    availability.isRefusing() ? "acquires fail at once" : "acquires wait";
            String since = ", without an object for " + Describe.duration(inSeconds(lasting));
            add(MemoryErrorCode.POOL_UNAVAILABLE, text + since + "; " + meanwhile);
        }
    }

    private void lookAtStrays() {
        Strays strays = pool.population().strays();
        if (strays.areTooMany()) {
            add(
                    MemoryErrorCode.POOL_CREATE_TIMEOUT,
                    strays.count()
                            + " attempts to create an object that were given up still run; others"
                            + " are made one at a time, at growing intervals");
        }
    }

    private void lookAtSize() {
        Health.@Nullable Reason complaint = pool.advising().complaint();
        if (complaint != null) {
            reasons.add(complaint);
        }
    }

    private void lookAtKeeper() {
        Health.@Nullable Reason reason = ofKeeper(Duration.ofNanos(pool.keeper().idleNanos()));
        if (reason != null) {
            reasons.add(reason);
        }
    }

    /// {@return what is to be said of a keeper whose last round is so long ago, or null}
    static Health.@Nullable Reason ofKeeper(Duration since) {
        return since.compareTo(STUCK) <= 0
                ? null
                : new Health.Reason(
                        KEEPER_STUCK,
                        "the pool's thread has not made a round for "
                                + Describe.duration(inSeconds(since))
                                + ": it gets no processor time, or hangs in the ticker");
    }

    private static Duration inSeconds(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds());
    }
}
