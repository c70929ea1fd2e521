package io.patinox.memory.resource;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A cleanup to be held up: announces that it began, and ends when it is let go.
final class Gate implements Cleanup<Object>, AutoCloseable {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void clean(Object resource) throws InterruptedException {
        entered.countDown();
        open.await();
    }

    /// Hangs whatever happens, until it is let go.
    void cleanDeaf(Object resource) {
        entered.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                open.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void awaitEntered() {
        try {
            if (!entered.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the cleanup did not begin");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        open.countDown();
    }
}
