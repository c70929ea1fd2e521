package io.patinox.contract.share;

import static io.patinox.contract.share.Threads.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.contract.share.Threads.Kind;
import io.patinox.memory.error.ShareClosedException;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.share.MutableSharedData;
import io.patinox.memory.share.Snapshot;
import io.patinox.memory.share.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Those who want to know of changes: the newest value, in order, and nobody is hurt.
@Timeout(60)
class WatchTest {
    private final List<MonitorEvent> events = new CopyOnWriteArrayList<>();
    private final MutableSharedData<Integer> data =
            MutableSharedData.builder(0).name("number").monitor(events::add).build();

    private void writeUpTo(int value) {
        while (data.get() < value) {
            data.write(n -> n + 1);
        }
    }

    @Test
    void subscribe_unchangedData_tellsTheValueOfNow() {
        AtomicReference<Snapshot<Integer>> told = new AtomicReference<>();
        data.watch().subscribe(told::set);
        await().atMost(SOON).until(() -> new Snapshot<>(0, 1).equals(told.get()));
    }

    @Test
    void subscriber_manyChanges_ascendsToTheNewest() {
        List<Long> versions = new CopyOnWriteArrayList<>();
        data.watch().subscribe(snapshot -> versions.add(snapshot.version()));
        writeUpTo(2_000);
        await().atMost(SOON).until(() -> last(versions) == 2_001);
        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void subscriber_busy_skipsToTheNewest() {
        List<Long> versions = new CopyOnWriteArrayList<>();
        CountDownLatch busy = new CountDownLatch(1);
        data.watch()
                .subscribe(snapshot -> {
                    versions.add(snapshot.version());
                    Threads.await(busy);
                });
        await().atMost(SOON).until(() -> last(versions) == 1);
        writeUpTo(100);
        busy.countDown();
        await().atMost(SOON).until(() -> last(versions) == 101);
        assertThat(versions).containsExactly(1L, 101L);
        assertThat(data.metrics().counters())
                .containsEntry("share.notifications", 2L)
                .containsEntry("share.conflated", 99L);
    }

    private static long last(List<Long> versions) {
        return versions.isEmpty() ? 0 : versions.getLast();
    }

    @Test
    void subscribers_oneBlocksOneThrows_hurtNobody() {
        CountDownLatch blocked = new CountDownLatch(1);
        AtomicInteger thrown = new AtomicInteger();
        List<Long> versions = new CopyOnWriteArrayList<>();
        data.watch().subscribe(snapshot -> Threads.await(blocked));
        data.watch()
                .subscribe(snapshot -> {
                    thrown.incrementAndGet();
                    throw new IllegalStateException("from a subscriber");
                });
        data.watch().subscribe(snapshot -> versions.add(snapshot.version()));

        for (int i = 1; i <= 3; i++) {
            long version = data.write(n -> n + 1);
            int times = i;
            await().atMost(SOON).until(() -> last(versions) == version && thrown.get() >= times);
        }
        assertThat(data.watch().await(3, Duration.ZERO)).contains(new Snapshot<>(3, 4));
        await().atMost(SOON).until(() -> events.size() >= 3);
        assertThat(events)
                .allSatisfy(event -> {
                    assertThat(event).isInstanceOf(MonitorEvent.CallbackFailed.class);
                    assertThat(event.message()).contains("'number'", "from a subscriber");
                });
        assertThat(data.metrics().gauges()).containsEntry("share.subscribers", 3L);
        blocked.countDown();
    }

    @Test
    void subscriber_throwsAnError_isToldAgain() {
        AtomicReference<Thread.UncaughtExceptionHandler> before =
                new AtomicReference<>(Thread.getDefaultUncaughtExceptionHandler());
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
        try {
            AtomicInteger calls = new AtomicInteger();
            data.watch()
                    .subscribe(snapshot -> {
                        calls.incrementAndGet();
                        throw new AssertionError("from a subscriber");
                    });
            until(() -> uncaught.size() == 1);
            data.write(n -> 1);
            until(() -> uncaught.size() == 2);
            assertThat(calls).hasValue(2);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before.get());
        }
    }

    /// Waits without catching what other threads throw, which is what the test looks at.
    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        await().dontCatchUncaughtExceptions().atMost(SOON).until(condition);
    }

    @Test
    void close_withinTheCallback_ends() {
        AtomicInteger calls = new AtomicInteger();
        AtomicReference<Subscription> own = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        own.set(
                data.watch()
                        .subscribe(snapshot -> {
                            Threads.await(known);
                            calls.incrementAndGet();
                            own.get().close();
                        }));
        known.countDown();
        await().atMost(SOON).until(() -> own.get().isClosed());
        AtomicLong other = new AtomicLong();
        data.watch().subscribe(snapshot -> other.set(snapshot.version()));
        data.write(n -> 1);
        await().atMost(SOON).until(() -> other.get() == 2);
        assertThat(calls).hasValue(1);
        assertThat(data.metrics().gauges()).containsEntry("share.subscribers", 1L);
    }

    @Test
    void subscriber_callsBack_canDoEverything() {
        AtomicLong inner = new AtomicLong();
        data.watch()
                .subscribe(snapshot -> {
                    assertThat(data.get()).isGreaterThanOrEqualTo(snapshot.value());
                    assertThat(data.version()).isGreaterThanOrEqualTo(snapshot.version());
                    if (snapshot.version() == 1) {
                        data.watch().subscribe(more -> inner.set(more.version()));
                    }
                    if (snapshot.version() < 5) {
                        data.write(n -> n + 1);
                    }
                });
        await().atMost(SOON).until(() -> inner.get() == 5);
        assertThat(data.metrics().counters()).containsEntry("share.callback.failed", 0L);
    }

    @Test
    void subscribe_seenVersion_tellsOnlyWhatIsNewer() {
        data.write(n -> 1);
        List<Long> versions = new CopyOnWriteArrayList<>();
        List<Long> all = new CopyOnWriteArrayList<>();
        data.watch().subscribe(2, Runnable::run, snapshot -> versions.add(snapshot.version()));
        data.watch().subscribe(0, Runnable::run, snapshot -> all.add(snapshot.version()));
        await().atMost(SOON).until(() -> last(all) == 2);
        data.write(n -> 2);
        await().atMost(SOON).until(() -> last(versions) == 3);
        assertThat(versions).containsExactly(3L);
    }

    @Test
    void executor_refuses_isAskedAgain() {
        CountDownLatch leave = new CountDownLatch(1);
        AtomicLong version = new AtomicLong();
        try (var executor =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1))) {
            executor.execute(() -> Threads.await(leave));
            executor.execute(() -> Threads.await(leave));
            data.watch().subscribe(0, executor, snapshot -> version.set(snapshot.version()));
            await().atMost(SOON).until(() -> !events.isEmpty());
            assertThat(events.getFirst())
                    .isInstanceOfSatisfying(
                            MonitorEvent.CallbackFailed.class,
                            failed ->
                                    assertThat(failed.failure())
                                            .isInstanceOf(RejectedExecutionException.class));
            leave.countDown();
            await().atMost(SOON).until(() -> executor.getCompletedTaskCount() == 2);
            data.write(n -> 1);
            await().atMost(SOON).until(() -> version.get() == 2);
        }
    }

    @Test
    void subscribers_tenThousand_areAllTold() {
        AtomicInteger told = new AtomicInteger();
        for (int i = 0; i < 10_000; i++) {
            data.watch()
                    .subscribe(snapshot -> {
                        if (snapshot.version() == 2) {
                            told.incrementAndGet();
                        }
                    });
        }
        data.write(n -> 1);
        await().atMost(SOON).until(() -> told.get() == 10_000);
    }

    @ParameterizedTest
    @EnumSource
    void await_change_wakesAllWhoWait(Kind kind) {
        Threads threads = new Threads(kind);
        AtomicInteger woken = new AtomicInteger();
        threads.start(
                50,
                me -> {
                    assertThat(data.watch().await(1, SOON)).contains(new Snapshot<>(7, 2));
                    woken.incrementAndGet();
                });
        await().atMost(SOON).until(() -> data.metrics().gauges().get("share.waiting") == 50);
        data.write(n -> 7);
        threads.join();
        assertThat(woken).hasValue(50);
        assertThat(data.metrics().gauges()).containsEntry("share.waiting", 0L);
    }

    @Test
    void await_nothingNewer_isEmptyAfterTheTime() {
        assertThat(data.watch().await(0, Duration.ZERO)).contains(new Snapshot<>(0, 1));
        assertThat(data.watch().await(1, Duration.ZERO)).isEmpty();
        long begin = System.nanoTime();
        assertThat(data.watch().await(1, Duration.ofMillis(30))).isEmpty();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(30_000_000L);
    }

    /// A chase: one writes, the other waits for each version. A wake-up that gets lost hangs it.
    @Test
    void await_everyVersion_isNeverMissed() {
        Threads threads = new Threads(Kind.PLATFORM);
        int last = 20_000;
        AtomicLong seen = new AtomicLong(1);
        threads.start(() -> {
            while (seen.get() <= last) {
                long version = data.watch().await(seen.get(), SOON).orElseThrow().version();
                assertThat(version).isGreaterThan(seen.get());
                seen.set(version);
            }
        });
        threads.start(() -> writeUpTo(last));
        threads.join();
    }

    @ParameterizedTest
    @EnumSource
    void close_whoWaits_isTold(Kind kind) {
        Threads threads = new Threads(kind);
        Thread waiting =
                threads.start(() ->
                        assertThatThrownBy(() -> data.watch().await(2, Duration.ofDays(1)))
                                .isInstanceOf(ShareClosedException.class));
        Threads.awaitParked(waiting);
        List<Long> versions = new CopyOnWriteArrayList<>();
        Subscription subscription =
                data.watch().subscribe(snapshot -> versions.add(snapshot.version()));
        data.write(n -> 0);
        data.write(n -> 1);
        data.close();
        await().atMost(SOON).until(subscription::isClosed);
        threads.join();
        assertThat(last(versions)).as("the last value is told").isEqualTo(2);
        assertThat(data.metrics().gauges()).containsEntry("share.subscribers", 0L);
    }

    @Test
    void subscriber_inPlace_getsCopiesThatNeverChange() {
        MutableSharedData<List<String>> list = MutableSharedData.inPlace(Texts.list(), new Texts());
        List<Snapshot<List<String>>> told = new CopyOnWriteArrayList<>();
        list.watch().subscribe(told::add);
        for (int i = 0; i < 200; i++) {
            list.mutate(payload -> payload.add("x"));
        }
        await().atMost(SOON).until(() -> !told.isEmpty() && told.getLast().version() == 201);
        assertThat(told).allSatisfy(s -> assertThat(s.value()).hasSize((int) s.version() - 1));
    }
}
