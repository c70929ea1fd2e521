package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waiting, bounded, for what is sure to come.
final class Waits {
    static final Duration SOON = Duration.ofSeconds(20);

    private Waits() {}

    /// Waits on the thread of a test.
    static void open(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).as("latch").isTrue();
    }

    static <T> T get(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    static void end(Thread thread) throws InterruptedException {
        assertThat(thread.join(SOON)).as("thread %s has ended", thread.getName()).isTrue();
    }

    /// Waits until a thread waits, on whatever.
    static void parked(Thread thread) {
        long until = System.nanoTime() + SOON.toNanos();
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime() - until).as("parks in time").isNegative();
            Thread.onSpinWait();
        }
    }

    /// Hangs, heedless of interrupts, as a call into native code does.
    static void hang(CountDownLatch until) {
        boolean interrupted = false;
        while (true) {
            try {
                until.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
