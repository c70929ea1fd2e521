package io.patinox.contract.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.ShareClosedException;
import io.patinox.memory.error.ShareImmutableException;
import io.patinox.memory.error.ShareReentrantException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.share.MutableSharedData;
import io.patinox.memory.share.Snapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One piece of data, of all three kinds, on one thread.
class MutableSharedDataTest {
    private final Texts texts = new Texts();
    private final MutableSharedData<String> text = MutableSharedData.of("a");
    private final MutableSharedData<List<String>> copied =
            MutableSharedData.copyOnWrite(Texts.list("a"), texts);
    private final MutableSharedData<List<String>> inPlace =
            MutableSharedData.inPlace(Texts.list("a"), texts);

    private static <T> T fail(T payload) {
        throw new IllegalStateException("half-way in " + payload);
    }

    @Test
    void write_immutable_isSeenByAll() {
        assertThat(text.write(old -> old + "b")).isEqualTo(2);
        assertThat(text.get()).isEqualTo("ab");
        assertThat(text.<Integer>read(String::length)).isEqualTo(2);
        assertThat(text.snapshot()).isEqualTo(new Snapshot<>("ab", 2));
        assertThat(text.write(old -> old)).as("the same object is no change").isEqualTo(2);
        assertThat(text.tryWrite(Duration.ZERO, old -> "c")).isTrue();
        assertThat(text.tryRead(Duration.ZERO, String::length)).contains(1);
        assertThat(text.compareAndWrite(2, old -> "not called")).isFalse();
        assertThat(text.compareAndWrite(3, old -> "d")).isTrue();
        assertThat(text.version()).isEqualTo(4);
        assertThatThrownBy(() -> text.mutate(payload -> {}))
                .isInstanceOf(ShareImmutableException.class);
    }

    @Test
    void write_copied_leavesWhatWasSeen() {
        List<String> seen = copied.get();
        copied.mutate(payload -> payload.add("b"));
        assertThat(seen).containsExactly("a");
        assertThat(copied.get()).containsExactly("a", "b");
        assertThat(texts.copies).hasValue(1);
        assertThatThrownBy(() -> copied.get().add("c"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(copied.metrics().counters())
                .containsEntry("share.copies", 1L)
                .containsEntry("share.writes", 1L);
    }

    @Test
    void write_inPlace_changesThePayload() {
        inPlace.mutate(payload -> payload.add("b"));
        assertThat(texts.copies).hasValue(0);
        Snapshot<List<String>> before = inPlace.snapshot();
        assertThat(inPlace.snapshot()).as("one copy a version").isSameAs(before);
        inPlace.write(payload -> {
            payload.add("c");
            return payload;
        });
        assertThat(before.value()).containsExactly("a", "b");
        assertThat(before.version()).isEqualTo(2);
        assertThat(inPlace.get()).containsExactly("a", "b", "c");
        assertThat(inPlace.<Integer>read(List::size)).isEqualTo(3);
        assertThat(texts.copies).hasValue(2);
        assertThatThrownBy(() -> inPlace.read(view -> view.add("x")))
                .isInstanceOf(UnsupportedOperationException.class);
        inPlace.write(payload -> Texts.list("other"));
        assertThat(inPlace.get()).containsExactly("other");
    }

    @Test
    void write_throws_leavesTheOldValue() {
        assertThatThrownBy(() -> text.write(MutableSharedDataTest::fail))
                .hasMessage("half-way in a");
        assertThatThrownBy(() ->
                        copied.mutate(payload -> {
                            payload.add("half");
                            fail(payload);
                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(text.snapshot()).isEqualTo(new Snapshot<>("a", 1));
        assertThat(copied.snapshot()).isEqualTo(new Snapshot<>(List.of("a"), 1));
        assertThat(text.metrics().counters()).containsEntry("share.write.failed", 1L);
        assertThat(text.health()).isEqualTo(Health.up());
        assertThat(text.tryWrite(Duration.ZERO, old -> "b")).as("nothing stays locked").isTrue();
    }

    @Test
    void write_throwsInPlace_isSaidByTheHealth() {
        assertThatThrownBy(() ->
                        inPlace.mutate(payload -> {
                            payload.add("half");
                            fail(payload);
                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(inPlace.get()).containsExactly("a", "half");
        assertThat(inPlace.version()).isEqualTo(2);
        assertThat(inPlace.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(inPlace.health().toString()).contains("SHARE-DAMAGED");

        inPlace.mutate(payload -> payload.remove("half"));

        assertThat(inPlace.health()).isEqualTo(Health.up());
    }

    @Test
    void copier_throws_leavesTheOldValue() {
        texts.failing = true;
        assertThatThrownBy(() -> copied.mutate(payload -> payload.add("b")))
                .hasMessage("cannot copy");
        assertThatThrownBy(inPlace::snapshot).hasMessage("cannot copy");
        texts.failing = false;
        assertThat(copied.get()).containsExactly("a");
        assertThat(inPlace.get()).containsExactly("a");
    }

    @Test
    void call_withinAWrite_isDefined() {
        text.write(old -> {
            assertThat(text.get()).isEqualTo("a");
            assertThat(text.snapshot().version()).isEqualTo(1);
            refused(() -> text.write(again -> "b"), "write was called within write");
            refused(() -> text.tryWrite(Duration.ZERO, again -> "b"), "tryWrite");
            refused(() -> text.compareAndWrite(1, again -> "b"), "compareAndWrite");
            return "c";
        });
        inPlace.mutate(payload -> {
            payload.add("b");
            assertThat(inPlace.<Integer>read(List::size)).isEqualTo(2);
            refused(inPlace::snapshot, "snapshot was called within write");
            refused(inPlace::get, "snapshot was called within write");
            refused(() -> inPlace.map(List::size).get(), "map was called within write");
            refused(() -> inPlace.mutate(again -> again.add("c")), "within write");
        });
        assertThat(text.get()).isEqualTo("c");
        assertThat(inPlace.get()).containsExactly("a", "b");
    }

    @Test
    void call_withinARead_isDefined() {
        text.<Integer>read(value -> {
            assertThat(text.write(old -> old + "b")).isEqualTo(2);
            assertThat(value).as("has what it had").isEqualTo("a");
            assertThat(text.get()).isEqualTo("ab");
            return 1;
        });
        inPlace.<Integer>read(view -> {
            assertThat(inPlace.<Integer>read(List::size)).isEqualTo(1);
            assertThat(inPlace.get()).containsExactly("a");
            refused(() -> inPlace.mutate(again -> again.add("b")), "within read");
            refused(() -> inPlace.tryWrite(Duration.ZERO, again -> again), "within read");
            return 1;
        });
        assertThat(inPlace.tryWrite(Duration.ZERO, payload -> payload)).isTrue();
    }

    private static void refused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(ShareReentrantException.class)
                .hasMessageContaining(message);
    }

    @Test
    void map_perVersion_isComputedOnce() {
        int[] calls = {0};
        var length = text.map(value -> value.length() + 0 * calls[0]++);
        assertThat(length.get() + length.get()).isEqualTo(2);
        text.write(old -> "abc");
        assertThat(length.snapshot()).isEqualTo(new Snapshot<>(3, 2));
        assertThat(calls[0]).isEqualTo(2);
        var failing = text.map(value -> fail(value).length());
        assertThatThrownBy(failing::get).hasMessageContaining("half-way");
        assertThatThrownBy(failing::get).as("is tried again").hasMessageContaining("half-way");
    }

    @Test
    void close_everyCall_isRefusedAfterwards() {
        for (MutableSharedData<?> data : List.of(text, inPlace, copied)) {
            var mapped = data.map(Object::hashCode);
            data.close();
            data.close();
            assertThat(data.isClosed()).isTrue();
            assertClosed(data::get);
            assertClosed(data::snapshot);
            assertClosed(data::version);
            assertClosed(mapped::get);
            assertClosed(() -> data.read(Object::hashCode));
            assertClosed(() -> data.tryRead(Duration.ZERO, Object::hashCode));
            assertClosed(() -> data.tryWrite(Duration.ZERO, value -> value));
            assertClosed(() -> data.write(value -> value));
            assertClosed(() -> data.watch().await(0, Duration.ZERO));
            assertClosed(() -> data.watch().subscribe(snapshot -> {}));
            assertThat(data.health().status()).isEqualTo(Health.Status.DOWN);
            assertThat(data.metrics().gauges()).containsEntry("share.version", 1L);
        }
    }

    @Test
    void close_withinAWrite_publishesNothing() {
        assertClosed(() ->
                text.write(old -> {
                    text.close();
                    return "b";
                }));
        assertThat(text.metrics().gauges()).containsEntry("share.version", 1L);
    }

    private static void assertClosed(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(ShareClosedException.class)
                .hasMessageContaining("SHARE-CLOSED");
    }

    @Test
    void options_wrong_areRefused() {
        assertThatThrownBy(() ->
                        MutableSharedData.builder("a").lockTimeout(Duration.ofSeconds(-1)).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("lockTimeout");
        assertThatThrownBy(() -> MutableSharedData.builder("a").name("no good"))
                .hasMessageContaining("name");
        assertThatThrownBy(() ->
                        MutableSharedData.builder(Texts.list())
                                .inPlace(texts)
                                .skipEqual(true)
                                .build())
                .hasMessageContaining("skipEqual");
        assertThatThrownBy(() -> text.tryRead(Duration.ofDays(366), String::length))
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> text.watch().await(-1, Duration.ZERO))
                .hasMessageContaining("seenVersion");
    }

    @Test
    void skipEqual_set_ignoresWhatIsEqual() {
        MutableSharedData<List<String>> data =
                MutableSharedData.builder(List.of("a")).skipEqual(true).build();
        List<String> first = data.get();
        assertThat(data.write(old -> Texts.list("a"))).isEqualTo(1);
        assertThat(data.get()).isSameAs(first);
        assertThat(data.write(old -> List.of("b"))).isEqualTo(2);
        assertThat(text.write(old -> new String("a"))).as("by default it counts").isEqualTo(2);
    }

    @Test
    void countReads_set_countsEveryRead() {
        for (var builder :
                List.of(
                        MutableSharedData.builder(Texts.list("a")),
                        MutableSharedData.builder(Texts.list("a")).copyOnWrite(texts),
                        MutableSharedData.builder(Texts.list("a")).inPlace(texts))) {
            MutableSharedData<List<String>> data = builder.countReads(true).name("counted").build();
            data.read(List::size);
            data.get();
            data.snapshot();
            data.tryRead(Duration.ZERO, List::size);
            data.write(payload -> Texts.list("b"));
            assertThat(data.get()).containsExactly("b");
            assertThat(data.metrics().counters()).containsEntry("share.reads", 5L);
        }
        assertThat(text.metrics().counters()).doesNotContainKey("share.reads");
    }
}
