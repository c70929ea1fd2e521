package io.patinox.memory.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.internal.Concurrently;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IsolatedMonitorTest {

    private static final Source ORDERS = new Source("orders");
    private static final Source FILES = new Source("files");

    private static void awaitEmpty(IsolatedMonitor monitor) {
        await().until(() -> monitor.queued() == 0);
    }

    @Test
    void calls_ofAllSorts_reachTheSinkInOrder() {
        RecordingMonitor sink = new RecordingMonitor();
        IsolatedMonitor monitor = IsolatedMonitor.of(sink);

        monitor.register(ORDERS);
        monitor.publish(Events.numbered(1));
        monitor.register(FILES);
        monitor.publish(Events.numbered(2));
        monitor.unregister(FILES);
        monitor.unregister(ORDERS);

        awaitEmpty(monitor);
        assertThat(sink.calls)
                .containsExactly(
                        "+orders",
                        Events.numbered(1),
                        "+files",
                        Events.numbered(2),
                        "-files",
                        "-orders");
        assertThat(monitor.dropped()).isZero();
        assertThat(monitor.failed()).isZero();
    }

    @Test
    void delivery_ofEverything_isOnOneDaemonThreadAtATimeThatEnds() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        IsolatedMonitor monitor =
                IsolatedMonitor.of(event -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    threads.add(Thread.currentThread());
                    inside.decrementAndGet();
                });

        for (int i = 0; i < 200; i++) {
            monitor.publish(Events.any());
        }
        awaitEmpty(monitor);
        monitor.publish(Events.any());
        awaitEmpty(monitor);

        assertThat(most).hasValue(1);
        assertThat(threads)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(thread -> {
                    assertThat(thread.getName()).matches("patinox-monitor-\\d+");
                    assertThat(thread.isDaemon()).isTrue();
                    assertThat(thread.isVirtual()).isFalse();
                });
        assertThat(threads).extracting(Thread::getName).containsOnly(nameOf(threads));
        await().until(() -> threads.stream().noneMatch(Thread::isAlive));
    }

    private static String nameOf(Set<Thread> threads) {
        return threads.iterator().next().getName();
    }

    @Test
    void threads_ofTwoMonitors_haveTwoNames() {
        Set<String> names = ConcurrentHashMap.newKeySet();
        Monitor sink = event -> names.add(Thread.currentThread().getName());
        IsolatedMonitor first = IsolatedMonitor.of(sink);
        IsolatedMonitor second = IsolatedMonitor.of(sink);

        first.publish(Events.any());
        second.publish(Events.any());

        awaitEmpty(first);
        awaitEmpty(second);
        assertThat(names).hasSize(2);
    }

    @Test
    void publish_eightThreads_losesNothing() throws InterruptedException {
        AtomicLong delivered = new AtomicLong();
        IsolatedMonitor monitor = IsolatedMonitor.of(event -> delivered.incrementAndGet());
        int each = 20_000;

        Concurrently.run(
                8,
                thread -> {
                    for (int i = 0; i < each; i++) {
                        monitor.publish(Events.numbered(thread));
                    }
                });

        awaitEmpty(monitor);
        assertThat(delivered.get() + monitor.dropped()).isEqualTo(8L * each);
        assertThat(delivered.get()).isGreaterThanOrEqualTo(1_024);
        assertThat(monitor.failed()).isZero();
    }

    @Test
    void registrations_eightThreads_keepTheirOrder() throws InterruptedException {
        RecordingMonitor sink = new RecordingMonitor();
        IsolatedMonitor monitor = IsolatedMonitor.of(sink);

        Concurrently.run(
                8,
                thread -> {
                    for (int i = 0; i < 100; i++) {
                        Source source = new Source("s-" + thread + "-" + i);
                        monitor.register(source);
                        monitor.unregister(source);
                    }
                });

        awaitEmpty(monitor);
        assertThat(sink.calls).hasSize(1_600).doesNotHaveDuplicates();
        for (Object call : sink.calls) {
            if (call.toString().startsWith("-")) {
                String registered = "+" + call.toString().substring(1);
                assertThat(sink.calls.indexOf(registered)).isLessThan(sink.calls.indexOf(call));
            }
        }
    }

    @Test
    void noop_behind_isNeverQueued() {
        IsolatedMonitor monitor = IsolatedMonitor.of(Monitor.noop());

        monitor.publish(Events.any());
        monitor.register(ORDERS);
        monitor.unregister(ORDERS);

        assertThat(monitor.queued()).isZero();
        assertThat(monitor.dropped()).isZero();
        assertThat(monitor.enabled(EventKind.LEASE_LEAKED)).isFalse();
    }

    @Test
    void enabled_atFirst_isTrueWithoutAskingTheSink() {
        AskedMonitor sink = new AskedMonitor();
        IsolatedMonitor monitor = IsolatedMonitor.of(sink);

        assertThat(monitor.enabled(EventKind.LEASE_LEAKED)).isTrue();
        assertThat(sink.askers).isEmpty();
    }

    @Test
    void enabled_kindDeclined_isFalseForASecond() {
        AtomicLong nanos = new AtomicLong(-1_000_000_000L);
        AskedMonitor sink = new AskedMonitor();
        IsolatedMonitor monitor = new IsolatedMonitor(sink, nanos::get, Thread::new);
        sink.wanted = false;

        monitor.publish(Events.any());
        awaitEmpty(monitor);

        assertThat(sink.calls).isEmpty();
        assertThat(monitor.dropped()).isZero();
        assertThat(monitor.enabled(EventKind.LEASE_LEAKED)).isFalse();
        assertThat(monitor.enabled(EventKind.CREATE_FAILED)).isTrue();
        nanos.addAndGet(999_999_999L);
        assertThat(monitor.enabled(EventKind.LEASE_LEAKED)).isFalse();
        nanos.addAndGet(2);
        assertThat(monitor.enabled(EventKind.LEASE_LEAKED)).isTrue();
        assertThat(sink.askers).doesNotContain(Thread.currentThread()).hasSize(1);
    }

    @Test
    void enabled_kindWantedAgain_isTrueAtOnce() {
        AskedMonitor sink = new AskedMonitor();
        IsolatedMonitor monitor = new IsolatedMonitor(sink, () -> 7, Thread::new);
        sink.wanted = false;
        monitor.publish(Events.any());
        awaitEmpty(monitor);
        assertThat(monitor.enabled(EventKind.LEASE_LEAKED)).isFalse();

        sink.wanted = true;
        monitor.publish(Events.any());
        awaitEmpty(monitor);

        assertThat(monitor.enabled(EventKind.LEASE_LEAKED)).isTrue();
        assertThat(sink.calls).containsExactly(Events.any());
    }

    @Test
    void close_whatIsQueued_isStillDelivered() {
        RecordingMonitor sink = new RecordingMonitor();
        IsolatedMonitor monitor = IsolatedMonitor.of(sink);
        monitor.register(ORDERS);
        for (int i = 0; i < 100; i++) {
            monitor.publish(Events.numbered(i));
        }

        monitor.close();
        monitor.close();
        monitor.publish(Events.any());
        monitor.register(FILES);
        monitor.unregister(ORDERS);

        awaitEmpty(monitor);
        assertThat(sink.calls)
                .hasSize(102)
                .startsWith("+orders", Events.numbered(0))
                .endsWith(Events.numbered(99), "-orders");
        assertThat(monitor.dropped()).isEqualTo(1);
        assertThat(monitor.enabled(EventKind.LEASE_LEAKED)).isFalse();
    }

    @Test
    void arguments_missing_areRefused() {
        IsolatedMonitor monitor = IsolatedMonitor.of(Monitor.noop());

        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> IsolatedMonitor.of(null))
                .satisfies(e -> assertThat(e.option()).isEqualTo("monitor"));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> monitor.publish(null));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> monitor.register(null));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> monitor.unregister(null));
    }

    /// Remembers who asked whether it wants events.
    private static final class AskedMonitor implements Monitor {

        private final Set<Thread> askers = ConcurrentHashMap.newKeySet();
        private final List<MonitorEvent> calls = new ArrayList<>();
        private volatile boolean wanted = true;

        @Override
        public boolean enabled(EventKind kind) {
            askers.add(Thread.currentThread());
            return wanted;
        }

        @Override
        public void publish(MonitorEvent event) {
            calls.add(event);
        }
    }
}
