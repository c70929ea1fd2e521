package io.patinox.memory.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.ShareClosedException;
import io.patinox.memory.error.ShareImmutableException;
import io.patinox.memory.error.ShareInterruptedException;
import io.patinox.memory.error.ShareReentrantException;
import io.patinox.memory.error.ShareTimeoutException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The three kinds of mutable shared data, their reports and their ends.
@Timeout(30)
class MutableKindsTest {
    private static final Copier<List<String>> COPIER =
            Copier.of(ArrayList::new, Collections::unmodifiableList);
    private static final Duration SHORT = Duration.ofMillis(5);

    private final List<MonitorEvent> events = new CopyOnWriteArrayList<>();
    private final MutableSharedData<List<String>> inPlace =
            MutableSharedData.builder((List<String>) new ArrayList<String>())
                    .name("list")
                    .inPlace(COPIER)
                    .lockTimeout(SHORT)
                    .monitor(events::add)
                    .build();

    private static <T> T fail(T payload) {
        throw new IllegalStateException("no");
    }

    private static <T> Thread hold(
            MutableSharedData<T> data, CountDownLatch inside, CountDownLatch leave) {
        return Thread.ofVirtual()
                .start(() ->
                        data.write(payload -> {
                            inside.countDown();
                            try {
                                leave.await(20, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                            return payload;
                        }));
    }

    @Test
    void inPlace_failedWrite_changesTheHealthTwice() {
        assertThatThrownBy(() -> inPlace.write(MutableKindsTest::fail)).hasMessage("no");
        assertThatThrownBy(() -> inPlace.write(MutableKindsTest::fail)).hasMessage("no");
        assertThat(inPlace.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(inPlace.version()).isEqualTo(3);
        inPlace.mutate(list -> list.add("a"));
        assertThat(inPlace.health()).isEqualTo(Health.up());
        Awaitility.await().until(() -> events.size() == 2);
        assertThat(events)
                .extracting(MonitorEvent::message)
                .satisfiesExactly(
                        bad -> assertThat(bad).startsWith("'list' is DEGRADED"),
                        good -> assertThat(good).isEqualTo("'list' is UP, it was DEGRADED"));
        assertThat(inPlace.metrics().counters())
                .containsEntry("share.writes", 1L)
                .containsEntry("share.write.failed", 2L);
    }

    @Test
    void inPlace_locked_timesOut() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread holder = hold(inPlace, inside, leave);
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(inPlace.tryRead(Duration.ZERO, List::size)).isEmpty();
        assertThat(inPlace.tryWrite(Duration.ZERO, list -> list)).isFalse();
        assertThatThrownBy(() -> inPlace.read(List::size))
                .isInstanceOf(ShareTimeoutException.class);
        assertThatThrownBy(inPlace::snapshot).isInstanceOf(ShareTimeoutException.class);
        assertThatThrownBy(() -> inPlace.mutate(List::clear))
                .isInstanceOf(ShareTimeoutException.class);
        assertThatThrownBy(() -> inPlace.compareAndWrite(1, list -> list))
                .isInstanceOf(ShareTimeoutException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> inPlace.read(List::size))
                .isInstanceOf(ShareInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(inPlace.metrics().counters()).containsEntry("share.timeouts", 6L);
        leave.countDown();
        holder.join();
        assertThat(inPlace.compareAndWrite(1, list -> list)).as("now at 2").isFalse();
        assertThat(inPlace.compareAndWrite(2, list -> list)).isTrue();
    }

    @Test
    void snapshots_locked_areRead() throws Exception {
        MutableSharedData<List<String>> data =
                MutableSharedData.builder(List.of("a")).lockTimeout(SHORT).skipEqual(true).build();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread holder = hold(data, inside, leave);
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(data.get()).containsExactly("a");
        assertThat(data.tryWrite(Duration.ZERO, list -> List.of())).isFalse();
        assertThatThrownBy(() -> data.write(list -> List.of()))
                .isInstanceOf(ShareTimeoutException.class);
        leave.countDown();
        holder.join();
        assertThat(data.write(list -> new ArrayList<>(list))).as("equal").isEqualTo(1);
        assertThat(data.compareAndWrite(2, list -> List.of())).isFalse();
        assertThatThrownBy(() -> data.mutate(List::clear))
                .isInstanceOf(ShareImmutableException.class);
    }

    @Test
    void copied_write_leavesSnapshots() {
        MutableSharedData<List<String>> data =
                MutableSharedData.copyOnWrite(new ArrayList<>(), COPIER);
        Snapshot<List<String>> before = data.snapshot();
        data.mutate(list -> list.add("a"));
        assertThatThrownBy(() -> data.write(MutableKindsTest::fail)).hasMessage("no");
        assertThat(before.value()).isEmpty();
        assertThat(data.snapshot()).isEqualTo(new Snapshot<>(List.of("a"), 2));
        assertThat(data.<Integer>read(List::size)).isEqualTo(1);
        assertThat(data.metrics().counters())
                .containsEntry("share.copies", 2L)
                .containsEntry("share.write.failed", 1L);
    }

    @Test
    void call_withinAFunction_isDefined() {
        inPlace.write(list -> {
            list.add("a");
            assertThat(inPlace.<Integer>read(List::size)).isEqualTo(1);
            refused(() -> inPlace.write(again -> again));
            refused(inPlace::snapshot);
            refused(() -> inPlace.map(List::size).get());
            return list;
        });
        inPlace.<Integer>read(list -> {
            refused(() -> inPlace.write(again -> again));
            return inPlace.<Integer>read(List::size);
        });
        MutableSharedData<String> text = MutableSharedData.of("a");
        text.write(old -> {
            refused(() -> text.write(again -> again));
            return text.get() + "b";
        });
        assertThat(text.get()).isEqualTo("ab");
        assertThat(inPlace.write(list -> new ArrayList<>(List.of("other")))).isEqualTo(3);
        assertThat(inPlace.get()).containsExactly("other");
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(ShareReentrantException.class);
    }

    @Test
    void map_ofItself_isRefused() {
        MutableSharedData<String> text = MutableSharedData.of("a");
        DerivedData<?>[] own = new DerivedData<?>[1];
        own[0] = text.map(value -> own[0].get());
        refused(() -> own[0].get());
        assertThat(own[0]).hasToString("DerivedData[nothing yet]");
        DerivedData<Integer> length = text.map(String::length);
        assertThat(length.get()).isEqualTo(1);
        assertThat(length).hasToString("DerivedData[1]");
    }

    @Test
    void close_twice_endsOnce() {
        List<Long> told = new CopyOnWriteArrayList<>();
        Subscription subscription =
                inPlace.watch().subscribe(snapshot -> told.add(snapshot.version()));
        Awaitility.await().until(() -> told.size() == 1);
        assertThat(subscription.isClosed()).isFalse();
        inPlace.close();
        inPlace.close();
        Awaitility.await().until(subscription::isClosed);
        assertThatThrownBy(() -> inPlace.read(List::size)).isInstanceOf(ShareClosedException.class);
        assertThatThrownBy(() -> inPlace.write(list -> list))
                .isInstanceOf(ShareClosedException.class);
        assertThatThrownBy(inPlace::version).isInstanceOf(ShareClosedException.class);
        assertThatThrownBy(() -> inPlace.watch().await(0, SHORT))
                .isInstanceOf(ShareClosedException.class);
        assertThat(inPlace.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(inPlace.name()).isEqualTo("list");
        assertThat(inPlace.component()).isEqualTo("share");
        assertThat(inPlace).hasToString("MutableSharedData[list, version=1]");
        assertThat(inPlace.watch()).hasToString("Watch[list]");
        assertThat(told).containsExactly(1L);
    }

    @Test
    void watch_copierFails_isReportedAndTriedAgain() {
        boolean[] failing = {true};
        MutableSharedData<List<String>> data =
                MutableSharedData.builder((List<String>) new ArrayList<String>())
                        .inPlace(list -> failing[0] ? fail(list) : new ArrayList<>(list))
                        .monitor(events::add)
                        .build();
        List<Long> told = new CopyOnWriteArrayList<>();
        data.watch().subscribe(0, Runnable::run, snapshot -> told.add(snapshot.version()));
        Awaitility.await().until(() -> !events.isEmpty());
        assertThat(events.getFirst().message()).contains("the callback 'copier' failed");
        failing[0] = false;
        data.mutate(list -> list.add("a"));
        Awaitility.await().until(() -> told.contains(2L));
    }

    @Test
    void options_wrong_nameTheOption() {
        var builder = MutableSharedData.builder(new ArrayList<String>());
        assertThatThrownBy(() -> builder.lockTimeout(Duration.ofDays(366)).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("lockTimeout");
        builder.lockTimeout(Duration.ZERO).skipEqual(true).copyOnWrite(ArrayList::new);
        assertThatThrownBy(builder::build).hasMessageContaining("skipEqual");
        assertThat(builder.skipEqual(false).build().name()).startsWith("shared-data-");
        assertThatThrownBy(() -> new Snapshot<>("a", 0)).hasMessageContaining("version");
    }

    @Test
    void reads_counted_takeTheOtherWay() {
        MutableSharedData<String> data = MutableSharedData.builder("a").countReads(true).build();
        data.write(old -> "b");
        assertThat(data.get() + data.<String>read(value -> value)).isEqualTo("bb");
        assertThat(data.metrics().counters()).containsEntry("share.reads", 2L);
        data.close();
        assertThatThrownBy(data::get).isInstanceOf(ShareClosedException.class);
    }
}
