package io.patinox.memory.config;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Wakes the loader. Whoever rings neither waits nor takes a lock, so that no virtual thread, whose
/// turn may come late, can keep the loader waiting.
final class Doorbell {
    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile @Nullable Thread listening;

    void ring() {
        if (!rung.getAndSet(true)) {
            LockSupport.unpark(listening);
        }
    }

    /// Waits for a ring, an interrupt, or the end of the time.
    void await(long nanos) {
        listening = Thread.currentThread();
        if (!rung.get()) {
            LockSupport.parkNanos(this, nanos);
        }
        rung.set(false);
    }
}
