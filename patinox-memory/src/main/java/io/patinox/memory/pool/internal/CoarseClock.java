package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The monotonic clock, and a copy of it that the keeper refreshes: the hot paths read the copy,
/// which costs a plain load and lags by at most [#TICK_NANOS] while the keeper runs.
///
/// A ticker that throws would leave what was just taken or given back to nobody. So the system's
/// clock stands in for it, from where it was last, and the sweep reports the failure.
final class CoarseClock implements NanoSource {
    /*
     * A ticker must not step back, but one may be built on a clock that does. Then time goes on
     * from the last refresh: what the ticker lost is added from there on. No reading is ever before
     * a refresh that ended before it began, so no deadline moves further away than by a tick.
     *
     * The copy is read before the ticker: a ticker that doesn't step back then can't be behind it,
     * and one that is behind has stepped. Of several that notice, one adds; the others read again.
     */
    static final long TICK_NANOS = 100_000_000L;

    private final Ticker ticker;
    private final AtomicLong lostNanos = new AtomicLong();
    private volatile long coarse;
    private volatile long readAtNanos = System.nanoTime();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    CoarseClock(Ticker ticker) {
        this.ticker = ticker;
        coarse = ticker.nanos();
    }

    @Override
    public long nanos() {
        while (true) {
            long earliest = coarse;
            long lost = lostNanos.get();
            long now;
            try {
                now = ticker.nanos() + lost;
            } catch (Throwable thrown) {
                failure.set(thrown);
                return earliest + Math.max(0, System.nanoTime() - readAtNanos);
            }
            if (now - earliest >= 0) {
                return now;
            }
            lostNanos.compareAndSet(lost, lost + (earliest - now));
        }
    }

    /// {@return what the ticker threw since this was last asked, or null}
    @Nullable Throwable takeFailure() {
        return failure.getAndSet(null);
    }

    long coarseNanos() {
        return coarse;
    }

    long refresh() {
        long now = nanos();
        coarse = now;
        readAtNanos = System.nanoTime();
        return now;
    }
}
