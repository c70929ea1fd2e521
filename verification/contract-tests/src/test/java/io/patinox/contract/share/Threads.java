package io.patinox.contract.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// The threads of a test: of one kind, joined in time, and nothing they throw is lost.
final class Threads {
    static final Duration SOON = Duration.ofSeconds(20);

    /// On which kind of thread a test runs.
    enum Kind {
        PLATFORM,
        VIRTUAL
    }

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> all = new ArrayList<>();
    private final Kind kind;

    Threads(Kind kind) {
        this.kind = kind;
    }

    Thread start(Runnable body) {
        Thread.Builder builder = kind == Kind.VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform();
        Thread thread =
                builder.unstarted(() -> {
                    try {
                        body.run();
                    } catch (Throwable failure) {
                        failures.add(failure);
                    }
                });
        all.add(thread);
        thread.start();
        return thread;
    }

    void start(int count, IntConsumer body) {
        for (int i = 0; i < count; i++) {
            int me = i;
            start(() -> body.accept(me));
        }
    }

    /// Waits for all to end, without a failure.
    void join() {
        try {
            for (Thread thread : all) {
                assertThat(thread.join(SOON)).as("the threads end").isTrue();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(failures).isEmpty();
    }

    /// Waits until a thread is parked.
    static void awaitParked(Thread thread) {
        org.awaitility.Awaitility.await()
                .atMost(SOON)
                .until(() ->
                        thread.getState() == Thread.State.WAITING
                                || thread.getState() == Thread.State.TIMED_WAITING);
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
