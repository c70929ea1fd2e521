package io.patinox.memory.cache;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A place where a loader of a test waits until the test lets it go on.
final class Gate {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    void pass() throws InterruptedException {
        reached.countDown();
        if (!open.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody opened the gate");
        }
    }

    void awaitReached() {
        try {
            if (!reached.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came to the gate");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void open() {
        open.countDown();
    }
}
