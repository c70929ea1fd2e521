package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.Histogram;
import io.patinox.memory.monitor.HistogramSnapshot;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.monitor.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The snippets of the monitor package and of its guide page.
class MonitorExamples {

    // @start region="own"
    static final class Pager implements Monitor {

        private final Set<MetricsSource> sources = ConcurrentHashMap.newKeySet();
        private final List<String> pages = new ArrayList<>();

        @Override
        public synchronized void publish(MonitorEvent event) {
            switch (event) {
                case MonitorEvent.LeaseLeaked leak -> pages.add("leak in " + leak.source());
                case MonitorEvent.CleanupAbandoned stuck -> pages.add(stuck.message());
                default -> {} // the rest can wait until the morning
            }
        }

        @Override
        public void register(MetricsSource source) {
            sources.add(source);
        }

        @Override
        public void unregister(MetricsSource source) {
            sources.remove(source);
        }

        synchronized List<String> pages() {
            return List.copyOf(pages);
        }
    }

    // @end

    // @start region="pull"
    static String line(MetricsSource source) {
        MetricsSnapshot metrics = source.metrics();
        HistogramSnapshot waits = metrics.histograms().get("pool.wait");
        return "%s: %d acquired, %d in use, p99 of the waits %d us"
                .formatted(
                        metrics.source(),
                        metrics.counters().get("pool.acquired"),
                        metrics.gauges().get("pool.in-use"),
                        waits.p99() / 1_000);
    }

    // @end

    /// A component with fixed figures.
    private static final class Orders implements MetricsSource {

        private final Histogram waits = Histogram.nanos();

        @Override
        public String name() {
            return "orders";
        }

        @Override
        public String component() {
            return "pool";
        }

        // @start region="source"
        @Override
        public MetricsSnapshot metrics() {
            return MetricsSnapshot.builder(component(), name())
                    .counter("pool.acquired", 1_000)
                    .gauge("pool.in-use", 7)
                    .histogram("pool.wait", waits.snapshot())
                    .build();
        }

        // @end

        @Override
        public Health health() {
            return Health.up();
        }
    }

    @Test
    void own_leakPublished_isPaged() {
        Pager pager = new Pager();
        // @start region="choose"
        Monitor monitor = Monitor.all(Monitor.logging(), Monitor.jfr(), pager);
        // @end
        monitor.publish(new MonitorEvent.LeaseLeaked("orders", Instant.EPOCH, Duration.ZERO, null));

        assertThat(pager.pages()).containsExactly("leak in orders");
    }

    @Test
    void pull_registeredSource_isRead() {
        Pager pager = new Pager();
        Orders orders = new Orders();
        orders.waits.record(3_000_000);
        pager.register(orders);

        assertThat(pager.sources)
                .singleElement()
                .extracting(MonitorExamples::line)
                .isEqualTo("orders: 1000 acquired, 7 in use, p99 of the waits 3000 us");
        pager.unregister(orders);
        assertThat(pager.sources).isEmpty();
    }

    @Test
    void ticker_movedByHand_isTimeForAComponent() {
        // @start region="ticker"
        AtomicLong nanos = new AtomicLong();
        Ticker ticker = nanos::get;
        nanos.addAndGet(Duration.ofMinutes(5).toNanos()); // five minutes pass
        // @end
        assertThat(ticker.nanos()).isEqualTo(300_000_000_000L);
    }

    @Test
    void health_ofParts_isTheWorst() {
        // @start region="health"
        Health database = Health.up();
        Health cache = Health.degraded(new Health.Reason("cache-cold", "12 % of it is loaded"));
        Health service = Health.worst(List.of(database, cache));
        // @end
        assertThat(service.status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(service).hasToString("DEGRADED [cache-cold (12 % of it is loaded)]");
    }

    @Test
    void histogram_aThousandValues_givesPercentiles() {
        // @start region="histogram"
        Histogram waits = Histogram.nanos();
        for (int micros = 1; micros <= 1_000; micros++) {
            waits.record(micros * 1_000L);
        }
        HistogramSnapshot snapshot = waits.snapshot();
        long median = snapshot.p50(); // about 500 us
        long largest = snapshot.max(); // 1 ms, exactly
        // @end
        assertThat(median).isBetween(500_000L, 516_000L);
        assertThat(largest).isEqualTo(1_000_000);
    }

    @Test
    void since_twoSnapshots_isTheTimeBetweenThem() {
        Histogram waits = Histogram.nanos();
        waits.record(50);
        // @start region="since"
        HistogramSnapshot before = waits.snapshot();
        waits.record(10);
        waits.record(20);
        HistogramSnapshot lastMinute = waits.snapshot().since(before);
        // @end
        assertThat(lastMinute.count()).isEqualTo(2);
        assertThat(lastMinute.max()).isEqualTo(20);
    }

    @Test
    void isolated_brokenMonitor_doesNotReachTheComponent() {
        // @start region="isolated"
        Monitor broken =
                event -> {
                    throw new IllegalStateException("the pager is out of order");
                };
        IsolatedMonitor isolated = IsolatedMonitor.of(broken);
        isolated.publish(
                new MonitorEvent.LeaseLeaked("orders", Instant.now(), Duration.ZERO, null));
        isolated.close();
        // @end
        await().until(() -> isolated.queued() == 0);
        assertThat(isolated.failed()).isEqualTo(1);
    }
}
