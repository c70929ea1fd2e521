package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/// The monotonic clock, and a copy of it that the keeper refreshes: the hot paths read the copy,
/// which costs a plain load and lags by at most [#TICK_NANOS] while the keeper runs.
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

    CoarseClock(Ticker ticker) {
        this.ticker = ticker;
        coarse = ticker.nanos();
    }

    @Override
    public long nanos() {
        while (true) {
            long earliest = coarse;
            long lost = lostNanos.get();
            long now = ticker.nanos() + lost;
            if (now - earliest >= 0) {
                return now;
            }
            lostNanos.compareAndSet(lost, lost + (earliest - now));
        }
    }

    /// {@return the time, or the coarse one if the ticker throws, for where no failure may come in
    /// between}
    long nanosForSure() {
        try {
            return nanos();
        } catch (Throwable broken) {
            // The keeper reads the same ticker in each round, and reports.
            return coarse;
        }
    }

    long coarseNanos() {
        return coarse;
    }

    long refresh() {
        long now = nanos();
        coarse = now;
        return now;
    }
}
