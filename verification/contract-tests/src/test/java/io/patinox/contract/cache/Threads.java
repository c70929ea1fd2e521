package io.patinox.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;

/// The threads of a test: of one kind, joined in time, and nothing they throw is lost.
final class Threads {
    /// On which kind of thread a test runs.
    enum Kind {
        PLATFORM,
        VIRTUAL
    }

    final List<Throwable> failures = new CopyOnWriteArrayList<>();
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
        return Objects.requireNonNull(thread);
    }

    void start(int count, IntConsumer body) {
        for (int i = 0; i < count; i++) {
            int me = i;
            start(() -> body.accept(me));
        }
    }

    /// Waits for all to end, without a failure.
    void join() throws InterruptedException {
        for (Thread thread : all) {
            assertThat(thread.join(Duration.ofSeconds(60))).as("the threads end").isTrue();
        }
        assertThat(failures).isEmpty();
    }
}
