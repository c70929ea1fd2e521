package io.patinox.cli.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Somebody wants the demo to end: Ctrl-C, or a signal. Once requested it stays so.
///
/// Safe for use by several threads.
final class StopSignal {

    private final CountDownLatch requested = new CountDownLatch(1);

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /// Waits for the signal, but no longer than this.
    ///
    /// @return whether it has come
    boolean await(long nanos) throws InterruptedException {
        return requested.await(nanos, TimeUnit.NANOSECONDS);
    }

    /// Ends the current stage if the signal has come.
    void check() throws InterruptedException {
        if (isRequested()) {
            throw new InterruptedException("told to stop");
        }
    }
}
