package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.Ticker;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The monotonic clock, and a copy of it that the keeper refreshes: the hot paths read the copy,
/// which costs a plain load and lags by at most [#TICK_NANOS] while the keeper runs.
///
/// A ticker that throws would leave what was just taken or given back to nobody. So the system's
/// clock stands in for it, from where it was last, and the sweep reports the failure.
final class CoarseClock implements NanoSource {
    static final long TICK_NANOS = 100_000_000L;

    private final Ticker ticker;
    private volatile long coarse;
    private volatile long readAtNanos = System.nanoTime();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    CoarseClock(Ticker ticker) {
        this.ticker = ticker;
        coarse = ticker.nanos();
    }

    @Override
    public long nanos() {
        try {
            return ticker.nanos();
        } catch (Throwable thrown) {
            failure.set(thrown);
            return coarse + (System.nanoTime() - readAtNanos);
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
