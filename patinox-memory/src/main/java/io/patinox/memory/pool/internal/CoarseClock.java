package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.Ticker;

/// The monotonic clock, and a copy of it that the keeper refreshes: the hot paths read the copy,
/// which costs a plain load and lags by at most [#TICK_NANOS] while the keeper runs.
final class CoarseClock implements NanoSource {
    static final long TICK_NANOS = 100_000_000L;

    private final Ticker ticker;
    private volatile long coarse;

    CoarseClock(Ticker ticker) {
        this.ticker = ticker;
        coarse = ticker.nanos();
    }

    @Override
    public long nanos() {
        return ticker.nanos();
    }

    long coarseNanos() {
        return coarse;
    }

    long refresh() {
        long now = ticker.nanos();
        coarse = now;
        return now;
    }
}
