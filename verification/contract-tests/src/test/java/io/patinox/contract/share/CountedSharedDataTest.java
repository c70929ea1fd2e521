package io.patinox.contract.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.ShareClosedException;
import io.patinox.memory.error.ShareReentrantException;
import io.patinox.memory.share.CountedSharedData;
import io.patinox.memory.share.SharedData;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Counted handles: exclusive again once the others are closed.
class CountedSharedDataTest {
    private final Texts texts = new Texts();
    private final CountedSharedData<List<String>> list = SharedData.counted(Texts.list("a"), texts);

    private boolean tryAdd(String text) {
        return list.tryUpdate(payload -> {
            payload.add(text);
            return payload;
        });
    }

    @Test
    void close_ofTheOthers_makesExclusiveAgain() {
        CountedSharedData<List<String>> second = list.share();
        CountedSharedData<List<String>> third = second.share();
        assertThat(list.handles()).isEqualTo(3);
        assertThat(tryAdd("b")).isFalse();

        second.close();
        second.close();
        assertThat(list.handles()).isEqualTo(2);
        assertThat(tryAdd("b")).isFalse();
        third.close();

        assertThat(tryAdd("b")).isTrue();
        assertThat(list.isExclusive()).isTrue();
        assertThat(texts.copies).hasValue(0);
        assertThat(list.statistics().shares()).isEqualTo(2);
    }

    @Test
    void update_shared_leavesTheOthersExclusive() {
        CountedSharedData<List<String>> other = list.share();
        list.mutate(payload -> payload.add("b"));

        assertThat(texts.copies).hasValue(1);
        assertThat(other.isExclusive()).as("the handle that copied has left").isTrue();
        other.mutate(payload -> payload.add("c"));
        assertThat(texts.copies).hasValue(1);
        assertThat(list.get()).containsExactly("a", "b");
        assertThat(other.get()).containsExactly("a", "c");
    }

    @Test
    void get_handedOut_countsAsSharedForEver() {
        List<String> seen = list.get();
        assertThat(tryAdd("b")).isFalse();
        list.mutate(payload -> payload.add("b"));
        assertThat(seen).containsExactly("a");
        assertThat(tryAdd("c")).as("the copy was not handed out").isTrue();
    }

    @Test
    void call_closed_isRefused() {
        list.close();
        assertThat(list.isClosed()).isTrue();
        assertClosed(list::get);
        assertClosed(list::snapshot);
        assertClosed(list::share);
        assertClosed(list::version);
        assertClosed(list::handles);
        assertClosed(list::isExclusive);
        assertClosed(() -> list.read(List::size));
        assertClosed(() -> list.mutate(payload -> payload.add("b")));
        assertClosed(() -> tryAdd("b"));
        assertClosed(() -> list.map(List::size).get());
    }

    @Test
    void close_withinAFunctionOfTheSameHandle_isRefused() {
        assertThatThrownBy(() -> list.mutate(payload -> list.close()))
                .isInstanceOf(ShareReentrantException.class);
        assertThatThrownBy(() ->
                        list.read(view -> {
                            list.close();
                            return 1;
                        }))
                .isInstanceOf(ShareReentrantException.class);
        assertThat(list.isClosed()).isFalse();
    }

    private static void assertClosed(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(ShareClosedException.class)
                .hasMessageContaining("SHARE-CLOSED");
    }
}
