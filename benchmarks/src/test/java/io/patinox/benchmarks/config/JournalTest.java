package io.patinox.benchmarks.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {

    private final Journal journal = new Journal();

    @BeforeEach
    void warmUp() {
        journal.note(Reading.EMPTY, 1);
        journal.note(version(1), 2);
        journal.saved();
        journal.count();
    }

    private static Reading version(long save) {
        return Reading.whole(10 * save);
    }

    @Test
    void tally_scriptedSequence_hasItsNumbers() {
        journal.saved();
        journal.note(Reading.TORN, 100);
        journal.note(Reading.TORN, 101);
        journal.note(version(2), 110);
        journal.rested(20, 105);
        journal.replaced();
        journal.saved();
        journal.note(Reading.EMPTY, 200);
        journal.note(Reading.MISSING, 210);
        journal.note(version(2), 220);
        journal.rested(30, 205);
        journal.note(version(3), 245);
        journal.replaced();
        assertThat(journal.tally())
                .isEqualTo(new Journal.Tally(2, 1, 1, 1, 0, 0, false, List.of(5L, 40L)));
    }

    @Test
    void warmUp_whateverWasGiven_countsNothing() {
        assertThat(journal.tally())
                .isEqualTo(new Journal.Tally(0, 0, 0, 0, 0, 0, false, List.of()));
    }

    @Test
    void note_olderSaveAfterNewer_isStale() {
        journal.note(version(3), 100);
        journal.note(version(2), 110);
        journal.note(version(3), 120);
        assertThat(journal.tally().stale()).isEqualTo(1);
    }

    @Test
    void note_otherEditorOfTheSameSave_isNotStale() {
        journal.note(Reading.whole(21), 100);
        journal.note(Reading.whole(20), 110);
        assertThat(journal.tally().stale()).isZero();
    }

    @Test
    void replaced_contentNeverGiven_isMissed() {
        journal.rested(20, 100);
        journal.note(Reading.TORN, 110);
        journal.replaced();
        // too late
        journal.note(version(2), 120);
        journal.replaced();
        assertThat(journal.tally().missed()).isEqualTo(1);
        assertThat(journal.tally().delays()).isEmpty();
    }

    @Test
    void rested_givenBeforeTheSaveReturned_countsAsAtOnce() {
        journal.note(version(2), 90);
        journal.rested(20, 100);
        journal.replaced();
        assertThat(journal.tally().delays()).containsExactly(0L);
        assertThat(journal.tally().missed()).isZero();
    }

    @Test
    void broken_otherThanTheLastGood_isLost() {
        journal.breaks();
        journal.note(Reading.TORN, 100);
        journal.mends();
        assertThat(journal.tally().lost()).isTrue();
        assertThat(journal.tally().torn()).isZero();
    }

    @Test
    void broken_lastGoodKept_isNotLost() {
        journal.breaks();
        journal.mends();
        // what is given while the file is being mended is another matter
        journal.note(Reading.EMPTY, 100);
        assertThat(journal.tally().lost()).isFalse();
    }

    @Test
    void breaks_alreadyNotWhole_isLost() {
        journal.note(Reading.MISSING, 100);
        journal.breaks();
        journal.mends();
        assertThat(journal.tally().lost()).isTrue();
    }

    @Test
    void awaitSeen_givenLater_ends() throws InterruptedException {
        journal.rested(20, 100);
        Thread reader = Thread.ofVirtual().start(() -> journal.note(version(2), 110));
        assertThat(journal.awaitSeen(Duration.ofMinutes(1))).isTrue();
        reader.join();
    }

    @Test
    void awaitSeen_neverGiven_givesUp() throws InterruptedException {
        assertThat(journal.awaitSeen(Duration.ofMillis(5))).isFalse();
        journal.rested(20, 100);
        assertThat(journal.awaitSeen(Duration.ofMillis(5))).isFalse();
    }
}
