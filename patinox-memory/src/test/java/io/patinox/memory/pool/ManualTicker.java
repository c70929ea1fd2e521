package io.patinox.memory.pool;

import io.patinox.memory.monitor.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that a test moves.
public final class ManualTicker implements Ticker {
    private final AtomicLong now;
    private final AtomicLong reads = new AtomicLong();

    public ManualTicker() {
        this(1_000_000_000L);
    }

    public ManualTicker(long start) {
        now = new AtomicLong(start);
    }

    @Override
    public long nanos() {
        reads.incrementAndGet();
        return now.get();
    }

    /// {@return how often the time was asked for}
    public long reads() {
        return reads.get();
    }

    public void advance(Duration duration) {
        now.addAndGet(duration.toNanos());
    }
}
