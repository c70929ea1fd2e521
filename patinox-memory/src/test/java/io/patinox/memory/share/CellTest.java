package io.patinox.memory.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.ShareImmutableException;
import org.junit.jupiter.api.Test;

class CellTest {
    private final Lineage<String> lineage = new Lineage<>(null);
    private final Cell<String> cell = new Cell<>(lineage, "payload", "view", 3);

    @Test
    void cell_fresh_isExclusive() {
        assertThat(cell.isExclusive()).isTrue();
        assertThat(cell.isShared()).isFalse();
        assertThat(cell.payload()).isEqualTo("payload");
        assertThat(cell.view()).isEqualTo("view");
        assertThat(cell.version()).isEqualTo(3);
        assertThat(cell.lineage()).isSameAs(lineage);
    }

    @Test
    void share_twice_countsOnce() {
        assertThat(cell.share()).isTrue();
        assertThat(cell.share()).isTrue();
        assertThat(cell.isShared()).isTrue();
        assertThat(cell.isExclusive()).isFalse();
        assertThat(cell.claim()).isFalse();
        assertThat(lineage.shares).hasValue(1);
    }

    @Test
    void share_claimed_hasToWait() {
        assertThat(cell.claim()).isTrue();
        assertThat(cell.isExclusive()).isFalse();
        assertThat(cell.claim()).isFalse();
        assertThat(cell.share()).isFalse();
        cell.unclaim();
        assertThat(cell.isExclusive()).isTrue();
        assertThat(cell.share()).isTrue();
        cell.unclaim();
        assertThat(cell.isShared()).as("for ever").isTrue();
    }

    @Test
    void handles_counted_decideOnTheClaim() {
        cell.addHandle();
        assertThat(cell.handles()).isEqualTo(2);
        assertThat(cell.isExclusive()).isFalse();
        assertThat(cell.claim()).isFalse();
        cell.removeHandle();
        assertThat(cell.isExclusive()).isTrue();
        assertThat(cell.claim()).isTrue();
        assertThat(lineage.shares).hasValue(1);
    }

    @Test
    void lineage_immutable_viewsButDoesNotCopy() {
        assertThat(lineage.isMutable()).isFalse();
        assertThat(lineage.view("a")).isEqualTo("a");
        assertThatThrownBy(() -> lineage.requireMutable("mutate"))
                .isInstanceOf(ShareImmutableException.class);
    }

    @Test
    void lineage_mutable_countsCopies() {
        Lineage<StringBuilder> mutable = new Lineage<>(StringBuilder::new);
        mutable.requireMutable("mutate");
        StringBuilder payload = new StringBuilder("a");
        assertThat(mutable.copy(payload)).isNotSameAs(payload).hasToString("a");
        assertThat(mutable.copies).hasValue(1);
        assertThat(mutable.view(payload)).isSameAs(payload);
        Lineage<StringBuilder> wrong = new Lineage<>(same -> same);
        assertThatThrownBy(() -> wrong.copy(payload)).isInstanceOf(InvalidOptionException.class);
    }
}
