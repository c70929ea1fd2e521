package io.patinox.memory.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: nothing a sink does slows or breaks the component that reports to it.
@Timeout(60)
class IsolatedMonitorFaultsTest {

    private static final Source ORDERS = new Source("orders");

    private static void awaitEmpty(IsolatedMonitor monitor) {
        await().dontCatchUncaughtExceptions().until(() -> monitor.queued() == 0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Takes nothing until it is let go.
    private static final class BlockedMonitor implements Monitor {

        private final RecordingMonitor taken = new RecordingMonitor();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicReference<Thread> deliverer = new AtomicReference<>();

        private void block() {
            deliverer.set(Thread.currentThread());
            entered.countDown();
            awaitQuietly(released);
        }

        @Override
        public boolean enabled(EventKind kind) {
            block();
            return true;
        }

        @Override
        public void publish(MonitorEvent event) {
            block();
            taken.publish(event);
        }

        @Override
        public void register(MetricsSource source) {
            block();
            taken.register(source);
        }

        @Override
        public void unregister(MetricsSource source) {
            block();
            taken.unregister(source);
        }
    }

    @Test
    void publish_sinkBlocked_returnsAndDropsWhatDoesNotFit() {
        BlockedMonitor sink = new BlockedMonitor();
        IsolatedMonitor monitor = IsolatedMonitor.of(sink);
        monitor.publish(Events.numbered(0));
        awaitQuietly(sink.entered);

        for (int i = 1; i <= 10_000; i++) {
            assertThat(monitor.enabled(EventKind.CLEANUP_FAILED)).isTrue();
            monitor.publish(Events.numbered(i));
        }

        assertThat(monitor.queued()).isEqualTo(1_025);
        assertThat(monitor.dropped()).isEqualTo(10_000 - 1_024);
        assertThat(sink.taken.calls).isEmpty();

        sink.released.countDown();
        awaitEmpty(monitor);
        monitor.publish(Events.numbered(20_000));
        awaitEmpty(monitor);
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i <= 1_024; i++) {
            expected.add(Events.numbered(i));
        }
        expected.add(Events.numbered(20_000));
        assertThat(sink.taken.calls).isEqualTo(expected);
        assertThat(monitor.dropped()).isEqualTo(10_000 - 1_024);
        await().dontCatchUncaughtExceptions().until(() -> !sink.deliverer.get().isAlive());
    }

    @Test
    void registrations_sinkBlockedAndQueueFull_areKeptInOrder() {
        BlockedMonitor sink = new BlockedMonitor();
        IsolatedMonitor monitor = IsolatedMonitor.of(sink);
        monitor.register(ORDERS);
        awaitQuietly(sink.entered);
        for (int i = 0; i < 2_000; i++) {
            monitor.publish(Events.any());
        }

        monitor.unregister(ORDERS);
        monitor.close();
        assertThat(sink.taken.calls).isEmpty();
        sink.released.countDown();

        awaitEmpty(monitor);
        assertThat(sink.taken.calls).hasSize(1_026).startsWith("+orders").endsWith("-orders");
    }

    @Test
    void close_sinkBlocked_returns() {
        BlockedMonitor sink = new BlockedMonitor();
        IsolatedMonitor monitor = IsolatedMonitor.of(sink);
        monitor.register(ORDERS);
        awaitQuietly(sink.entered);

        monitor.unregister(ORDERS);
        monitor.close();

        assertThat(monitor.queued()).isEqualTo(2);
        sink.released.countDown();
        awaitEmpty(monitor);
    }

    @Test
    void delivery_sinkThrowsExceptions_goesOnAndCounts() {
        RecordingMonitor taken = new RecordingMonitor();
        IsolatedMonitor monitor =
                IsolatedMonitor.of(
                        new Monitor() {
                            @Override
                            public void publish(MonitorEvent event) {
                                taken.publish(event);
                                Events.throwAny(new Exception("not even unchecked"));
                            }

                            @Override
                            public void register(MetricsSource source) {
                                taken.register(source);
                                throw new IllegalStateException("no");
                            }

                            @Override
                            public void unregister(MetricsSource source) {
                                taken.unregister(source);
                                throw new IllegalStateException("no");
                            }
                        });

        monitor.register(ORDERS);
        monitor.publish(Events.numbered(1));
        monitor.publish(Events.numbered(2));
        monitor.unregister(ORDERS);

        awaitEmpty(monitor);
        assertThat(taken.calls)
                .containsExactly("+orders", Events.numbered(1), Events.numbered(2), "-orders");
        assertThat(monitor.failed()).isEqualTo(4);
        assertThat(monitor.dropped()).isZero();
    }

    @Test
    void delivery_sinkThrowsExceptions_logsTheFirstOnly() {
        CapturedLog log = new CapturedLog();
        List<RuntimeException> thrown =
                List.of(new IllegalStateException("first"), new IllegalStateException("second"));
        AtomicInteger calls = new AtomicInteger();
        IsolatedMonitor monitor =
                new IsolatedMonitor(
                        event -> {
                            throw thrown.get(calls.getAndIncrement());
                        },
                        Ticker.system(),
                        Thread::new,
                        () -> log);

        monitor.publish(Events.any());
        monitor.publish(Events.any());

        awaitEmpty(monitor);
        assertThat(log.lines)
                .containsExactly(
                        new CapturedLog.Line(
                                System.Logger.Level.WARNING,
                                "a monitor failed and is kept on; its further failures are only"
                                        + " counted",
                                thrown.get(0)));
        assertThat(monitor.failed()).isEqualTo(2);
    }

    @Test
    void delivery_loggerThrowsToo_goesOnAndCounts() {
        IsolatedMonitor monitor =
                new IsolatedMonitor(
                        event -> {
                            throw new IllegalStateException("no");
                        },
                        Ticker.system(),
                        Thread::new,
                        () -> {
                            throw new IllegalStateException("no logger either");
                        });

        monitor.publish(Events.any());
        monitor.publish(Events.any());

        awaitEmpty(monitor);
        assertThat(monitor.failed()).isEqualTo(3);
    }

    @Test
    void delivery_enabledThrows_goesOnAndCounts() {
        RecordingMonitor taken = new RecordingMonitor();
        AtomicInteger asked = new AtomicInteger();
        IsolatedMonitor monitor =
                IsolatedMonitor.of(
                        new Monitor() {
                            @Override
                            public boolean enabled(EventKind kind) {
                                if (asked.incrementAndGet() == 1) {
                                    throw new IllegalStateException("no");
                                }
                                return true;
                            }

                            @Override
                            public void publish(MonitorEvent event) {
                                taken.publish(event);
                            }
                        });

        monitor.publish(Events.numbered(1));
        monitor.publish(Events.numbered(2));

        awaitEmpty(monitor);
        assertThat(taken.calls).containsExactly(Events.numbered(2));
        assertThat(monitor.failed()).isEqualTo(1);
        assertThat(monitor.enabled(EventKind.CLEANUP_FAILED)).isTrue();
    }

    @Test
    void delivery_sinkThrowsErrors_handsEachToTheHandlerAndGoesOn() {
        List<Throwable> handled = new CopyOnWriteArrayList<>();
        ThreadFactory threads =
                task -> {
                    Thread thread = new Thread(task);
                    thread.setUncaughtExceptionHandler((_, e) -> handled.add(e));
                    return thread;
                };
        AssertionError first = new AssertionError("first");
        OutOfMemoryError second = new OutOfMemoryError("second");
        List<Throwable> errors = new ArrayList<>(List.of(first, second));
        RecordingMonitor taken = new RecordingMonitor();
        IsolatedMonitor monitor =
                new IsolatedMonitor(
                        event -> {
                            if (!errors.isEmpty()) {
                                Events.throwAny(errors.remove(0));
                            }
                            taken.publish(event);
                        },
                        Ticker.system(),
                        threads);

        for (int i = 1; i <= 3; i++) {
            monitor.publish(Events.numbered(i));
        }

        awaitEmpty(monitor);
        assertThat(handled).containsExactly(first, second);
        assertThat(taken.calls).containsExactly(Events.numbered(3));
        assertThat(monitor.failed()).isEqualTo(2);
    }

    @Test
    void delivery_exceptionsAreNoErrors_handlerIsLeftAlone() {
        List<Throwable> handled = new CopyOnWriteArrayList<>();
        IsolatedMonitor monitor =
                new IsolatedMonitor(
                        event -> {
                            throw new IllegalStateException("no");
                        },
                        Ticker.system(),
                        task -> {
                            Thread thread = new Thread(task);
                            thread.setUncaughtExceptionHandler((_, e) -> handled.add(e));
                            return thread;
                        });

        monitor.publish(Events.any());

        awaitEmpty(monitor);
        assertThat(handled).isEmpty();
        assertThat(monitor.failed()).isEqualTo(1);
    }

    @Test
    void delivery_handlerThrowsToo_goesOnAndCounts() {
        RecordingMonitor taken = new RecordingMonitor();
        IsolatedMonitor monitor =
                new IsolatedMonitor(
                        new Monitor() {
                            @Override
                            public void publish(MonitorEvent event) {
                                throw new AssertionError();
                            }

                            @Override
                            public void register(MetricsSource source) {
                                taken.register(source);
                            }
                        },
                        Ticker.system(),
                        task -> {
                            Thread thread = new Thread(task);
                            thread.setUncaughtExceptionHandler((_, e) -> {
                                throw new IllegalStateException(e);
                            });
                            return thread;
                        });

        monitor.publish(Events.any());
        monitor.register(ORDERS);

        awaitEmpty(monitor);
        assertThat(taken.calls).containsExactly("+orders");
        assertThat(monitor.failed()).isEqualTo(2);
    }

    @Test
    void delivery_sinkLeavesItsThreadInterrupted_nextOneIsNot() {
        List<Boolean> flags = new CopyOnWriteArrayList<>();
        IsolatedMonitor monitor =
                IsolatedMonitor.of(event -> {
                    flags.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                });
        monitor.publish(Events.numbered(1));
        monitor.publish(Events.numbered(2));

        awaitEmpty(monitor);
        assertThat(flags).containsExactly(false, false);
    }

    @Test
    void delivery_sinkPublishesFromWithin_doesNotFeedItself() {
        AtomicReference<IsolatedMonitor> itself = new AtomicReference<>();
        RecordingMonitor taken = new RecordingMonitor();
        Monitor sink =
                new Monitor() {
                    @Override
                    public void publish(MonitorEvent event) {
                        taken.publish(event);
                        itself.get().publish(event);
                        itself.get().register(ORDERS);
                        itself.get().unregister(ORDERS);
                    }

                    @Override
                    public void register(MetricsSource source) {
                        taken.register(source);
                    }

                    @Override
                    public void unregister(MetricsSource source) {
                        taken.unregister(source);
                        if (itself.get().dropped() == 1) {
                            itself.get().close();
                        }
                    }
                };
        IsolatedMonitor monitor = IsolatedMonitor.of(sink);
        itself.set(monitor);

        monitor.publish(Events.any());

        awaitEmpty(monitor);
        assertThat(taken.calls).containsExactly(Events.any(), "+orders", "-orders");
        assertThat(monitor.dropped()).isEqualTo(1);
        assertThat(monitor.enabled(EventKind.LEASE_LEAKED)).isFalse();
    }

    @Test
    void publish_noThreadCanBeStarted_isDeliveredWithTheNextOne() {
        RecordingMonitor taken = new RecordingMonitor();
        AtomicInteger attempts = new AtomicInteger();
        IsolatedMonitor monitor =
                new IsolatedMonitor(
                        taken,
                        Ticker.system(),
                        task -> {
                            if (attempts.incrementAndGet() <= 2) {
                                throw new OutOfMemoryError("unable to create native thread");
                            }
                            return new Thread(task);
                        });

        monitor.publish(Events.numbered(1));
        monitor.publish(Events.numbered(2));
        assertThat(monitor.queued()).isEqualTo(2);
        assertThat(monitor.failed()).isEqualTo(2);
        monitor.publish(Events.numbered(3));

        awaitEmpty(monitor);
        assertThat(taken.calls)
                .containsExactly(Events.numbered(1), Events.numbered(2), Events.numbered(3));
        assertThat(attempts).hasValue(3);
        assertThat(monitor.failed()).isEqualTo(2);
    }

    @Test
    void component_slowSink_neverWaitsForIt() {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger taken = new AtomicInteger();
        IsolatedMonitor monitor =
                IsolatedMonitor.of(event -> {
                    awaitQuietly(slow);
                    taken.incrementAndGet();
                });

        // were one of these calls to wait for the sink, nobody would open the latch
        monitor.register(ORDERS);
        monitor.publish(Events.any());
        monitor.unregister(ORDERS);
        monitor.close();
        slow.countDown();

        await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(30))
                .until(() -> monitor.queued() == 0);
        assertThat(taken).hasValue(1);
    }
}
