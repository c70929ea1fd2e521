package io.patinox.memory.share;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.ShareInterruptedException;
import io.patinox.memory.error.ShareTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/// How callers wait for a lock: bounded, interruptible, and in the order of the lock.
final class Waits {
    static final Duration LONGEST = Duration.ofDays(365);

    private Waits() {}

    static long nanos(Duration timeout) {
        return Options.inRange("timeout", timeout, Duration.ZERO, LONGEST).toNanos();
    }

    /// Takes a lock that may be taken at once only if nobody waits for it: the timed form of a fair
    /// lock. A lock that is free is taken by an interrupted thread too.
    static boolean tryLock(Lock lock, boolean free, long nanos, String data, String call) {
        if (free && lock.tryLock()) {
            return true;
        }
        try {
            return lock.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShareInterruptedException(data, call, e);
        }
    }

    static ShareTimeoutException timeout(String data, String call, long nanos) {
        return new ShareTimeoutException(data, call, Duration.ofNanos(nanos));
    }
}
