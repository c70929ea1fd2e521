package io.patinox.memory.resource.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.resource.CleanupOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundThreadsTest {
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private static Thread named(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void watchdog_wokenByTimes_patrolsAtEachAndEnds() throws Exception {
        Semaphore patrols = new Semaphore(0);
        Watchdog watchdog = new Watchdog("watchdog-a", patrols::release, failures::add);
        watchdog.ensureStarted();
        watchdog.ensureStarted();
        Thread thread = named("watchdog-a");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.isVirtual()).isFalse();

        watchdog.wakeBy(System.nanoTime() + TimeUnit.DAYS.toNanos(1));
        watchdog.wakeBy(System.nanoTime() + 1_000_000);
        assertThat(patrols.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        watchdog.wakeBy(System.nanoTime());
        assertThat(patrols.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(patrols.availablePermits()).isZero();
        watchdog.stop();

        assertThat(thread.isAlive()).isFalse();
        watchdog.ensureStarted();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("watchdog-a");
    }

    @Test
    void watchdog_patrolThrowsOrIsInterrupted_goesOn() throws Exception {
        Semaphore patrols = new Semaphore(0);
        AtomicInteger count = new AtomicInteger();
        Watchdog watchdog =
                new Watchdog(
                        "watchdog-b",
                        () -> {
                            patrols.release();
                            if (count.incrementAndGet() == 1) {
                                throw new LinkageError("on purpose");
                            }
                        },
                        failures::add);
        watchdog.ensureStarted();
        named("watchdog-b").interrupt();
        watchdog.wakeBy(System.nanoTime());
        // the second patrol comes by itself, after the failure of the first
        assertThat(patrols.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
        watchdog.stop();

        assertThat(failures).singleElement().isInstanceOf(LinkageError.class);
    }

    @Test
    void reaper_interruptedAndStopped_goesOnUntilStopped() throws Exception {
        Fixtures fixtures = new Fixtures();
        List<Tracked<Object>> lost = new ArrayList<>();
        CountDownLatch cleaned = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            lost.add(fixtures.listed(Duration.ofSeconds(20), r -> cleaned.countDown()));
        }
        Thread thread = named("patinox-fixture-leaks");
        assertThat(thread.isDaemon()).isTrue();
        thread.interrupt();
        lost.forEach(Tracked::enqueue); // as the collector does

        assertThat(cleaned.await(20, TimeUnit.SECONDS)).isTrue();
        // told after the cleanup was queued, so maybe a little later than it ran
        await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> fixtures.core.reports().leaks().total() == 3);
        fixtures.core.close(Duration.ofSeconds(20)).await(Long.MAX_VALUE);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void join_interrupted_waitsAndKeepsTheFlag() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Thread thread =
                Threads.startDaemon(
                        "joined",
                        () -> {
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                failures.add(e);
                            }
                        });
        Thread.currentThread().interrupt();
        Thread.ofVirtual().start(release::countDown);
        Threads.join(thread);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thread.isAlive()).isFalse();
        Threads.join(null);
        Threads.join(Thread.currentThread());
    }

    /// With every carrier busy no virtual thread is ever run; a cleanup must be all the same.
    @Test
    void engine_noCarrierFree_runsTheCleanupOnAPlatformThread() throws Exception {
        Fixtures fixtures = new Fixtures();
        AtomicBoolean release = new AtomicBoolean();
        AtomicInteger spinning = new AtomicInteger();
        int carriers = 2 * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < carriers; i++) {
            Thread.ofVirtual()
                    .start(() -> {
                        spinning.incrementAndGet();
                        while (!release.get()) {
                            Thread.onSpinWait();
                        }
                    });
        }
        try {
            await().dontCatchUncaughtExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> spinning.get() >= Runtime.getRuntime().availableProcessors());
            AtomicReference<Thread> ran = new AtomicReference<>();
            Tracked<Object> tracked =
                    fixtures.listed(Duration.ofMillis(50), r -> ran.set(Thread.currentThread()));
            CompletableFuture<CleanupOutcome> end = GuardCalls.cleanup(tracked);
            await().dontCatchUncaughtExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ran.get() != null);

            assertThat(ran.get().isVirtual()).isFalse();
            release.set(true);
            assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(CleanupOutcome.CLEANED);
        } finally {
            release.set(true);
            fixtures.core.close(Duration.ofSeconds(20)).await(Long.MAX_VALUE);
        }
    }
}
