package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.ShareReentrantException;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.share.Copier;
import io.patinox.memory.share.CountedSharedData;
import io.patinox.memory.share.DerivedData;
import io.patinox.memory.share.MutableSharedData;
import io.patinox.memory.share.SharedData;
import io.patinox.memory.share.Snapshot;
import io.patinox.memory.share.Subscription;
import io.patinox.memory.share.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What the documentation of sharing shows, compiled and executed.
class ShareExamples {

    /// Prices with the currency they are in.
    record Prices(String currency, Map<String, Integer> cents) {
        Prices {
            cents = Map.copyOf(cents);
        }

        Prices with(String article, int price) {
            Map<String, Integer> changed = new HashMap<>(cents);
            changed.put(article, price);
            return new Prices(currency, changed);
        }
    }

    private static final Prices PRICES = new Prices("EUR", Map.of("tea", 250));

    @Test
    void data_firstLook_readsAndWrites() {
        // @start region="start"
        MutableSharedData<Prices> prices =
                MutableSharedData.of(new Prices("EUR", Map.of("tea", 250)));

        prices.write(old -> old.with("coffee", 300)); // one writer at a time
        int coffee = prices.read(now -> now.cents().get("coffee")); // no lock
        Snapshot<Prices> both = prices.snapshot(); // value and version, read together
        // @end
        assertThat(coffee).isEqualTo(300);
        assertThat(both.version()).isEqualTo(2);
    }

    @Test
    void shared_immutable_diverges() {
        // @start region="immutable"
        SharedData<Prices> ours = SharedData.of(PRICES);
        SharedData<Prices> theirs = ours.share(); // a few nanoseconds, no copy

        ours.update(old -> old.with("tea", 270));

        int now = ours.get().cents().get("tea"); // 270
        int before = theirs.get().cents().get("tea"); // 250: their handle keeps what it had
        // @end
        assertThat(now).isEqualTo(270);
        assertThat(before).isEqualTo(250);
    }

    @Test
    void shared_mutable_isCopiedOnlyWhenSomebodyElseCanHaveSeenIt() {
        // @start region="copier"
        Copier<Map<String, Integer>> copier = Copier.of(HashMap::new, Collections::unmodifiableMap);
        // @end
        // @start region="mutable-payload"
        SharedData<Map<String, Integer>> stock = SharedData.copyOnWrite(new HashMap<>(), copier);
        stock.mutate(map -> map.put("tea", 10)); // in place: nobody else can have seen the map

        Map<String, Integer> seen = stock.get(); // hands out a view that never changes
        stock.mutate(map -> map.put("tea", 9)); // so this one copies first
        stock.mutate(map -> map.put("tea", 8)); // and this one is in place again
        int left = stock.read(map -> map.get("tea")); // looks without handing out
        // @end
        assertThat(seen).containsExactly(Map.entry("tea", 10));
        assertThat(left).isEqualTo(8);
        assertThat(stock.statistics().copies()).isEqualTo(1);
        assertThat(stock.statistics().copiesAvoided()).isEqualTo(2);
    }

    @Test
    void shared_exclusive_canTell() {
        SharedData<Prices> ours = SharedData.of(PRICES);
        // @start region="try"
        boolean alone = ours.tryUpdate(old -> old.with("tea", 260)); // true: never shared
        SharedData<Prices> theirs = ours.share();
        boolean still = ours.tryUpdate(old -> old.with("tea", 280)); // false: nothing was done
        boolean same = ours.compareAndUpdate(2, old -> old.with("tea", 280)); // if at version 2
        // @end
        assertThat(alone).isTrue();
        assertThat(still).isFalse();
        assertThat(same).isTrue();
        assertThat(theirs.version()).isEqualTo(2);
        assertThat(ours.version()).isEqualTo(3);
    }

    @Test
    void shared_rollback_bringsTheOldValueBack() {
        Copier<List<String>> copier = Copier.of(ArrayList::new, Collections::unmodifiableList);
        SharedData<List<String>> names = SharedData.copyOnWrite(new ArrayList<>(), copier);
        Runnable risky =
                () -> {
                    throw new IllegalStateException("half-way");
                };
        // @start region="rollback"
        SharedData<List<String>> before = names.share(); // so the update works on a copy
        try {
            names.mutate(list -> {
                list.add("half");
                risky.run();
            });
        } catch (IllegalStateException e) {
            names = before; // neither handle has half a change
        }
        // @end
        assertThat(names.get()).isEmpty();
    }

    @Test
    void counted_closed_isExclusiveAgain() {
        byte[] megabytes = new byte[1 << 20];
        // @start region="counted"
        try (CountedSharedData<byte[]> image = SharedData.counted(megabytes, byte[]::clone)) {
            try (CountedSharedData<byte[]> reader = image.share()) {
                int first = reader.read(bytes -> (int) bytes[0]);
                assertThat(first).isZero();
            }
            // the reader is closed, so this does not copy
            boolean inPlace =
                    image.tryUpdate(bytes -> {
                        bytes[0] = 1;
                        return bytes;
                    });
            assertThat(inPlace).isTrue();
        }
        // @end
    }

    @Test
    void mutable_threeKinds_readAndWrite() {
        Copier<Map<String, Integer>> copier = Copier.of(HashMap::new, Collections::unmodifiableMap);
        // @start region="mutable"
        // immutable values: a write replaces the value
        MutableSharedData<Prices> prices = MutableSharedData.of(PRICES);
        prices.write(old -> old.with("tea", 260));

        // a mutable payload, read much: a write changes a copy and publishes it
        MutableSharedData<Map<String, Integer>> stock =
                MutableSharedData.copyOnWrite(new HashMap<>(), copier);
        stock.mutate(map -> map.put("tea", 10));

        // a mutable payload, large and written much: a write changes it in place
        MutableSharedData<Map<String, Integer>> orders =
                MutableSharedData.inPlace(new HashMap<>(), copier);
        orders.mutate(map -> map.merge("tea", 1, Integer::sum));
        int ordered = orders.read(map -> map.get("tea"));
        // @end
        assertThat(ordered).isEqualTo(1);
        assertThat(stock.get()).containsEntry("tea", 10);
        assertThat(prices.version()).isEqualTo(2);
    }

    @Test
    void mutable_timeouts_areReported() {
        Copier<List<String>> copier = Copier.of(ArrayList::new, Collections::unmodifiableList);
        MutableSharedData<List<String>> data =
                MutableSharedData.inPlace(new ArrayList<>(List.of("a")), copier);
        // @start region="timeouts"
        Optional<Integer> size = data.tryRead(Duration.ofMillis(50), List::size);
        boolean written =
                data.tryWrite(
                        Duration.ofMillis(50),
                        list -> {
                            list.add("b");
                            return list;
                        });
        // @end
        assertThat(size).contains(1);
        assertThat(written).isTrue();
    }

    @Test
    void mutable_upgrade_isRefused() {
        MutableSharedData<int[]> data = MutableSharedData.inPlace(new int[1], int[]::clone);
        // @start region="upgrade"
        assertThatThrownBy(() -> data.read(array -> data.mutate(again -> again[0]++)))
                .isInstanceOf(ShareReentrantException.class) // SHARE-REENTRANT, not a deadlock
                .hasMessageContaining("mutate was called within read");
        // @end
    }

    @Test
    void mutable_allOptions_areTaken() {
        Monitor monitor = Monitor.noop();
        // @start region="build"
        try (MutableSharedData<Prices> prices =
                MutableSharedData.builder(PRICES)
                        .name("prices")
                        .monitor(monitor)
                        .lockTimeout(Duration.ofSeconds(5))
                        .skipEqual(true)
                        .build()) {
            prices.write(old -> old.with("tea", 250)); // equal, so nobody is told
            assertThat(prices.version()).isEqualTo(1);
        }
        // @end
    }

    @Test
    void watch_changes_areSeen() throws InterruptedException {
        MutableSharedData<Prices> prices = MutableSharedData.of(PRICES);
        AtomicReference<Prices> shown = new AtomicReference<>();
        CountDownLatch told = new CountDownLatch(1);
        // @start region="watch"
        Watch<Prices> watch = prices.watch();

        // a function: called with the value of now, then after changes, from a thread of its own
        Subscription subscription =
                watch.subscribe(snapshot -> {
                    shown.set(snapshot.value());
                    if (snapshot.version() >= 2) {
                        told.countDown();
                    }
                });

        // or wait for something newer than what one knows
        long known = prices.version();
        prices.write(old -> old.with("tea", 300));
        Optional<Snapshot<Prices>> newer = watch.await(known, Duration.ofSeconds(10));

        // @end
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        subscription.close();
        assertThat(newer).map(Snapshot::version).contains(2L);
        assertThat(shown.get().cents()).containsEntry("tea", 300);
    }

    @Test
    void watch_flow_requestsWhatItCanTake() throws InterruptedException {
        MutableSharedData<Prices> prices = MutableSharedData.of(PRICES);
        CountDownLatch completed = new CountDownLatch(1);
        List<Long> versions = Collections.synchronizedList(new ArrayList<>());
        // @start region="flow"
        prices.watch()
                .subscribe(
                        new Flow.Subscriber<>() {
                            private Flow.Subscription subscription;

                            @Override
                            public void onSubscribe(Flow.Subscription subscription) {
                                this.subscription = subscription;
                                subscription.request(1);
                            }

                            @Override
                            public void onNext(Snapshot<Prices> snapshot) {
                                versions.add(snapshot.version());
                                subscription.request(1); // the next one is the newest there is then
                            }

                            @Override
                            public void onError(Throwable failure) {}

                            @Override
                            public void onComplete() {
                                completed.countDown(); // the data was closed
                            }
                        });
        // @end
        prices.close();
        assertThat(completed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(versions).containsExactly(1L);
    }

    @Test
    void map_anyVersion_isComputedOnce() {
        MutableSharedData<Prices> prices = MutableSharedData.of(PRICES);
        // @start region="map"
        DerivedData<Integer> total =
                prices.map(now -> now.cents().values().stream().mapToInt(i -> i).sum());

        int first = total.get(); // computes
        int again = total.get(); // remembers
        prices.write(old -> old.with("coffee", 300));
        int changed = total.get(); // computes, for there is a new version
        // @end
        assertThat(first).isEqualTo(250).isEqualTo(again);
        assertThat(changed).isEqualTo(550);
    }
}
