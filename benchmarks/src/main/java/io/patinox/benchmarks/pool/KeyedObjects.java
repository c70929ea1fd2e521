package io.patinox.benchmarks.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Creates the objects of a keyed pool, which takes its time, and counts them from the begin of
/// their creation to their end.
final class KeyedObjects {
    private final Duration creation;
    private final AtomicInteger present = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicLong created = new AtomicLong();

    KeyedObjects(Duration creation) {
        this.creation = creation;
    }

    Object create() throws InterruptedException {
        most.accumulateAndGet(present.incrementAndGet(), Math::max);
        Thread.sleep(creation);
        created.incrementAndGet();
        return new Object();
    }

    void destroy() {
        present.decrementAndGet();
    }

    long created() {
        return created.get();
    }

    /// {@return how many there were at once, at the most}
    int most() {
        return most.get();
    }
}
