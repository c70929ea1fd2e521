package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.PatinoxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Eight threads do everything there is to do to guards, in random order, with cleanups that throw,
/// hang, are slow or close themselves; at the end the accounts are exact.
@Timeout(120)
class RandomOperationsTest {
    private static final int THREADS = 8;
    private static final int OPERATIONS = 4_000;

    private final AtomicLong supplied = new AtomicLong();
    private final AtomicLong detached = new AtomicLong();
    private final ConcurrentHashMap<Integer, AtomicInteger> runs = new ConcurrentHashMap<>();

    private final Thread.@Nullable UncaughtExceptionHandler handler =
            Thread.getDefaultUncaughtExceptionHandler();
    private final AtomicLong uncaught = new AtomicLong();

    @BeforeEach
    void countErrors() {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.incrementAndGet());
    }

    @AfterEach
    void restoreHandler() {
        Thread.setDefaultUncaughtExceptionHandler(handler);
    }

    @Test
    void operations_atRandom_keepTheBalance() throws Exception {
        long seed = Long.getLong("patinox.seed", System.nanoTime());
        String which = "-Dpatinox.seed=" + seed;
        ResourceRegistry registry =
                ResourceRegistry.builder("random")
                        .cleanupDeadline(Duration.ofMillis(20))
                        .cleanupConcurrency(4)
                        .siteSampling(3)
                        .build();
        AtomicReference<Throwable> unexpected = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    operate(registry, thread, new Random(seed + thread));
                                } catch (Throwable e) {
                                    unexpected.set(e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(unexpected.get()).as(which).isNull();
        CloseReport report = registry.close(Duration.ofSeconds(60));

        ResourceBalance balance = report.balance();
        String told = which + " " + report.elapsed() + ", unasked for: " + unasked(report);
        assertThat(balance.holds()).as(which + " " + balance).isTrue();
        assertThat(balance.open()).as(which).isZero();
        assertThat(balance.acquired()).as(which).isEqualTo(supplied.get());
        assertThat(balance.detached()).as(which).isEqualTo(detached.get());
        assertThat(runs.values()).as(which).allMatch(count -> count.get() == 1);
        // one that was abandoned before it came to its first line may still be coming
        await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat((long) runs.size())
                                .as(told)
                                .isEqualTo(balance.acquired() - balance.detached()));
        assertThat(balance.cleaned()).as(which).isPositive();
        assertThat(balance.failed()).as(which).isPositive();
        assertThat(uncaught.get()).as(which).isPositive();
        // of the cleanups on callers' threads only some are timed
        assertThat(latencies(registry))
                .as(told)
                .isBetween(1L, balance.acquired() - balance.detached());
    }

    /// {@return why resources are not clean, for other reasons than the test's}
    private static List<String> unasked(CloseReport report) {
        return report.unclean().stream()
                .map(CloseReport.Unclean::reason)
                .filter(reason -> !reason.contains("on purpose"))
                .toList();
    }

    private static long latencies(ResourceRegistry registry) {
        return registry.metrics().histograms().get("resource.cleanup").count();
    }

    private void operate(ResourceRegistry registry, int thread, Random random) {
        List<AsyncResourceGuard<Integer>> guards = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            AsyncResourceGuard<Integer> guard =
                    guards.isEmpty() ? null : guards.get(random.nextInt(guards.size()));
            try {
                switch (guard == null ? 0 : random.nextInt(10)) {
                    case 0, 1, 2 -> guards.add(acquire(registry, thread * OPERATIONS + i, random));
                    case 3 -> guard.close();
                    case 4 -> guard.cleanup();
                    case 5 -> guard.close(Duration.ofMillis(10));
                    case 6 -> {
                        guard.detach();
                        detached.incrementAndGet();
                    }
                    case 7 -> guard.use(value -> value + 1);
                    case 8 -> guards.remove(guard);
                    default -> assertThat(registry.balance().open()).isNotNegative();
                }
            } catch (PatinoxException | LinkageError e) {
                // told, as documented
            }
            Thread.interrupted();
        }
    }

    private AsyncResourceGuard<Integer> acquire(ResourceRegistry registry, int id, Random random) {
        int fate = random.nextInt(100);
        AtomicReference<AsyncResourceGuard<Integer>> self = new AtomicReference<>();
        ResourceRequest<Integer> request =
                registry.request(
                        "type-" + id % 3,
                        () -> {
                            if (fate == 99) {
                                throw new IllegalStateException("on purpose");
                            }
                            supplied.incrementAndGet();
                            return id;
                        },
                        value -> {
                            runs.computeIfAbsent(value, v -> new AtomicInteger()).incrementAndGet();
                            AsyncResourceGuard<Integer> own = self.get();
                            if (fate < 10) {
                                throw new IllegalStateException("on purpose");
                            } else if (fate < 12) {
                                throw new LinkageError("on purpose, by a test");
                            } else if (fate < 14 && Thread.currentThread().isVirtual()) {
                                new CountDownLatch(1).await(30, TimeUnit.MILLISECONDS);
                            } else if (fate < 20 && own != null) {
                                own.close();
                            } else if (fate == 20) {
                                Thread.currentThread().interrupt();
                            }
                        });
        AsyncResourceGuard<Integer> guard =
                request.priority(CleanupPriority.values()[random.nextInt(4)]).acquire();
        if (fate >= 14 && fate < 20) {
            // kept alive by its own cleanup, as the documentation warns: cleaned at the close
            self.set(guard);
        }
        return guard;
    }
}
