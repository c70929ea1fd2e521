package io.patinox.contract.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.ShareImmutableException;
import io.patinox.memory.error.ShareReentrantException;
import io.patinox.memory.share.Copier;
import io.patinox.memory.share.SharedData;
import io.patinox.memory.share.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Handles of values: they diverge, copy only when they must, and say truly whether they are
/// exclusive.
class SharedDataTest {
    private final Texts texts = new Texts();
    private final SharedData<List<String>> list = SharedData.copyOnWrite(Texts.list("a"), texts);

    private static List<String> added(List<String> to, String text) {
        to.add(text);
        return to;
    }

    @Test
    void share_thenUpdate_diverges() {
        SharedData<String> ours = SharedData.of("old");
        SharedData<String> theirs = ours.share();

        assertThat(ours.update(old -> old + "er")).isEqualTo(2);

        assertThat(ours.get()).isEqualTo("older");
        assertThat(theirs.get()).isEqualTo("old");
        assertThat(theirs.version()).isEqualTo(1);
        assertThat(theirs.update(old -> "their own")).isEqualTo(2);
        assertThat(ours.snapshot()).isEqualTo(new Snapshot<>("older", 2));
    }

    @Test
    void tryUpdate_immutable_tellsWhetherItWasExclusive() {
        SharedData<String> ours = SharedData.of("a");
        assertThat(ours.isExclusive()).isTrue();
        assertThat(ours.tryUpdate(old -> old + "b")).isTrue();
        ours.get(); // an immutable value may be handed out

        SharedData<String> theirs = ours.share();

        assertThat(ours.isExclusive()).isFalse();
        assertThat(ours.tryUpdate(old -> "not called")).isFalse();
        assertThat(theirs.tryUpdate(old -> "not called")).isFalse();
        assertThat(ours.get()).isEqualTo("ab");
        ours.update(old -> old + "c");
        assertThat(ours.tryUpdate(old -> old + "d")).isTrue();
        assertThat(ours.get()).isEqualTo("abcd");
        assertThat(theirs.get()).isEqualTo("ab");
        assertThat(theirs.isExclusive()).as("shared once is shared for ever").isFalse();
    }

    @Test
    void update_sameObject_isNoChange() {
        SharedData<String> data = SharedData.of("a");
        assertThat(data.update(old -> old)).isEqualTo(1);
        assertThat(data.tryUpdate(old -> old)).isTrue();
        assertThat(data.tryUpdate(old -> old + "b")).as("the claim was given up").isTrue();
        assertThat(data.version()).isEqualTo(2);
    }

    @Test
    void compareAndUpdate_versions_areCompared() {
        SharedData<String> data = SharedData.of("a");
        assertThat(data.compareAndUpdate(2, old -> "not called")).isFalse();
        assertThat(data.compareAndUpdate(1, old -> "b")).isTrue();
        assertThat(data.snapshot()).isEqualTo(new Snapshot<>("b", 2));
        assertThatThrownBy(() -> data.compareAndUpdate(0, old -> old))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("expectedVersion");
    }

    @Test
    void mutate_exclusive_changesInPlace() {
        list.mutate(payload -> payload.add("b"));
        list.update(payload -> added(payload, "c"));
        assertThat(list.tryUpdate(payload -> added(payload, "d"))).isTrue();

        assertThat(list.<Integer>read(List::size)).isEqualTo(4);
        assertThat(texts.copies).hasValue(0);
        assertThat(list.statistics().copiesAvoided()).isEqualTo(3);
        assertThat(list.version()).isEqualTo(4);
        assertThat(list.isExclusive()).as("read hands nothing out").isTrue();
    }

    @Test
    void mutate_handedOut_copiesOnce() {
        List<String> seen = list.get();
        assertThat(list.get()).isSameAs(seen);
        assertThat(list.tryUpdate(payload -> added(payload, "b"))).isFalse();

        list.mutate(payload -> payload.add("b"));
        list.mutate(payload -> payload.add("c"));

        assertThat(seen).containsExactly("a");
        assertThat(list.get()).containsExactly("a", "b", "c");
        assertThat(list.statistics())
                .returns(1L, s -> s.copies())
                .returns(1L, s -> s.copiesAvoided())
                .returns(2L, s -> s.shares())
                .returns(2L, s -> s.updates())
                .returns(0L, s -> s.failures());
        assertThatThrownBy(() -> seen.add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void mutate_shared_copiesForTheOneThatChanges() {
        SharedData<List<String>> theirs = list.share();

        theirs.mutate(payload -> payload.add("theirs"));
        list.mutate(payload -> payload.add("ours"));

        assertThat(list.get()).containsExactly("a", "ours");
        assertThat(theirs.get()).containsExactly("a", "theirs");
        // at most one avoidable copy a share: ours could have been changed in place
        assertThat(texts.copies).hasValue(2);
    }

    @Test
    void update_anotherObject_isTakenOver() {
        List<String> other = Texts.list("other");
        list.update(payload -> other);
        list.mutate(payload -> payload.add("b"));
        assertThat(other).containsExactly("other", "b");
        assertThat(list.get()).containsExactly("other", "b");
    }

    @Test
    void update_throws_leavesTheOldValue() {
        SharedData<String> data = SharedData.of("a");
        assertThatThrownBy(() ->
                        data.update(old -> {
                            throw new IllegalStateException("no");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThatThrownBy(() ->
                        data.tryUpdate(old -> {
                            throw new AssertionError("e");
                        }))
                .isInstanceOf(AssertionError.class);
        assertThat(data.snapshot()).isEqualTo(new Snapshot<>("a", 1));
        assertThat(data.statistics().failures()).isEqualTo(2);
        assertThat(data.tryUpdate(old -> "b")).as("nothing stays claimed or locked").isTrue();
    }

    @Test
    void update_throwsOnACopy_leavesTheOldValue() {
        SharedData<List<String>> before = list.share();
        assertThatThrownBy(() ->
                        list.mutate(payload -> {
                            payload.add("half");
                            throw new IllegalStateException("no");
                        }))
                .hasMessage("no");
        assertThat(list.get()).containsExactly("a");
        assertThat(before.get()).containsExactly("a");
        assertThat(list.version()).isEqualTo(1);
    }

    @Test
    void update_throwsInPlace_isAVersionOfItsOwn() {
        assertThatThrownBy(() ->
                        list.mutate(payload -> {
                            payload.add("half");
                            throw new IllegalStateException("no");
                        }))
                .hasMessage("no");
        assertThat(list.get()).containsExactly("a", "half");
        assertThat(list.version()).isEqualTo(2);
        assertThat(list.statistics().failures()).isEqualTo(1);
    }

    @Test
    void copier_throws_leavesTheOldValue() {
        List<String> seen = list.get();
        texts.failing = true;
        assertThatThrownBy(() -> list.mutate(payload -> payload.add("b")))
                .hasMessage("cannot copy");
        texts.failing = false;
        assertThat(list.get()).isSameAs(seen).containsExactly("a");
        list.mutate(payload -> payload.add("b"));
        assertThat(list.get()).containsExactly("a", "b");
    }

    @Test
    void copier_returnsTheOriginal_isRefused() {
        SharedData<List<String>> data = SharedData.copyOnWrite(Texts.list("a"), same -> same);
        data.share();
        assertThatThrownBy(() -> data.mutate(payload -> payload.add("b")))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("must be another object");
        assertThat(data.get()).containsExactly("a");
    }

    @Test
    void call_withinAFunctionOfTheSameHandle_isDefined() {
        SharedData<String> data = SharedData.of("a");
        data.update(old -> {
            assertThat(data.get()).isEqualTo("a");
            assertThat(data.snapshot().version()).isEqualTo(1);
            assertThat(data.share().get()).isEqualTo("a");
            refused(() -> data.update(again -> "b"), "update was called within update");
            refused(() -> data.tryUpdate(again -> "b"), "tryUpdate");
            refused(() -> data.compareAndUpdate(1, again -> "b"), "compareAndUpdate");
            return "c";
        });
        SharedData<String> alone = SharedData.of("a");
        alone.tryUpdate(old -> {
            refused(alone::share, "share was called within update");
            return "b";
        });
        list.update(payload -> {
            refused(list::get, "get");
            refused(list::snapshot, "snapshot");
            refused(list::share, "share");
            refused(() -> list.<Integer>read(List::size), "read");
            refused(() -> list.map(List::size).get(), "read");
            refused(() -> list.mutate(again -> again.add("b")), "mutate");
            return payload;
        });
        list.<Integer>read(view -> {
            assertThat(list.<Integer>read(List::size)).isEqualTo(1);
            refused(() -> list.mutate(again -> again.add("b")), "within read");
            assertThat(list.share().get()).containsExactly("a");
            return 1;
        });
        assertThat(data.get()).isEqualTo("c");
    }

    private static void refused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(ShareReentrantException.class)
                .hasMessageContaining(message);
    }

    @Test
    void map_perVersion_isComputedOnce() {
        int[] calls = {0};
        var sizes = list.map(view -> view.size() + 0 * calls[0]++);
        assertThat(sizes.get()).isEqualTo(1);
        assertThat(sizes.get()).isEqualTo(1);
        assertThat(calls[0]).isEqualTo(1);
        list.mutate(payload -> payload.add("b"));
        assertThat(sizes.snapshot()).isEqualTo(new Snapshot<>(2, 2));
        assertThat(texts.copies).as("mapping hands nothing out").hasValue(0);
    }

    @Test
    void arguments_wrong_areRefused() {
        assertThatThrownBy(() -> SharedData.of(none())).isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> SharedData.copyOnWrite(Texts.list(), none()))
                .hasMessageContaining("copier");
        assertThatThrownBy(() -> Copier.of(none(), none())).hasMessageContaining("copy");
        SharedData<String> data = SharedData.of("a");
        assertThatThrownBy(() -> data.update(none())).hasMessageContaining("function");
        assertThatThrownBy(() -> data.update(old -> none()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("result of the function");
        assertThatThrownBy(() -> data.mutate(text -> {}))
                .isInstanceOf(ShareImmutableException.class);
        assertThat(data.snapshot()).isEqualTo(new Snapshot<>("a", 1));
        assertThat(data).hasToString("SharedData[version=1]");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <X> X none() {
        return null;
    }
}
