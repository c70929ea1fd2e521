package io.patinox.benchmarks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LookoutTest {

    private final Journal journal = new Journal();

    private Lookout idle(Supplier<Reading> reader) {
        journal.count();
        return Lookout.idle(reader, journal, () -> 0);
    }

    @Test
    void look_readerThatFails_notesThatItIsMissing() {
        journal.note(Reading.whole(10), 0);
        try (Lookout lookout =
                idle(() -> {
                    throw new IllegalStateException("no configuration");
                })) {
            lookout.look();
        }
        assertThat(journal.tally().missing()).isEqualTo(1);
    }

    @Test
    void look_toldWhileItLooks_looksOnceMore() {
        AtomicInteger looks = new AtomicInteger();
        AtomicReference<Lookout> self = new AtomicReference<>();
        try (Lookout lookout =
                idle(() -> {
                    if (looks.incrementAndGet() == 1) {
                        // as a reader does that tells of a change while it is asked
                        self.get().look();
                        return Reading.EMPTY;
                    }
                    return Reading.TORN;
                })) {
            self.set(lookout);
            lookout.look();
        }
        assertThat(looks).hasValue(2);
        assertThat(List.of(journal.tally().empty(), journal.tally().torn())).containsOnly(1);
    }

    @Test
    void start_changingReader_isSeenInOrder() {
        ConcurrentLinkedQueue<Reading> readings =
                new ConcurrentLinkedQueue<>(
                        List.of(Reading.whole(10), Reading.TORN, Reading.whole(20)));
        Reading last = Reading.whole(30);
        try (Lookout lookout =
                idle(() -> {
                    Reading next = readings.poll();
                    return next == null ? last : next;
                })) {
            journal.rested(30, 0);
            lookout.start();
            await().untilAsserted(() -> assertThat(journal.tally().delays()).hasSize(1));
        }
        assertThat(journal.tally().torn()).isEqualTo(1);
        assertThat(journal.tally().stale()).isZero();
    }
}
