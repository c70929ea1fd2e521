package io.patinox.memory.resource.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.Exit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TrackedTest {
    private final Tracked<Object> tracked = new Fixtures().unlisted("one");
    private final Thread here = Thread.currentThread();

    private static void run(Tracked<Object> one) {
        one.queueUp(Word.EXIT_CLOSED);
        assertThat(one.claimQueued()).isTrue();
        assertThat(one.begin()).isTrue();
    }

    @Test
    void state_fresh_isOpenWithoutAnOutcome() {
        assertThat(tracked.isOpen()).isTrue();
        assertThat(tracked.isFinal()).isFalse();
        assertThat(tracked.outcome()).isNull();
        assertThat(tracked.openResource()).isNotNull();
        assertThat(tracked.runner()).isNull();
        assertThat(tracked.failure()).isNull();
        assertThat(tracked.attempts()).isZero();
        assertThat(tracked.progressIfAny()).isNull();
        assertThat(tracked.ownerThread()).isEqualTo("acquirer");
        assertThat(tracked.name()).isEqualTo("one");
        assertThat(tracked.type()).isEqualTo("type");
        assertThat(tracked.exit()).isEqualTo(Exit.CLOSED);
    }

    @Test
    void queueUp_andBack_isOpenAgain() {
        assertThat(tracked.queueUp(Word.EXIT_LEAKED)).isTrue();
        assertThat(tracked.queueUp(Word.EXIT_CLOSED)).isFalse();
        assertThat(tracked.isOpen()).isFalse();
        assertThat(tracked.openResource()).isNull();
        assertThat(tracked.exit()).isEqualTo(Exit.LEAKED);
        assertThat(tracked.unqueue()).isTrue();
        assertThat(tracked.unqueue()).isFalse();
        assertThat(tracked.isOpen()).isTrue();
    }

    @Test
    void claimHere_openOrQueued_isGivenOnce() {
        assertThat(tracked.claimQueued()).isFalse();
        tracked.queueUp(Word.EXIT_CLOSED);
        assertThat(tracked.claimHere()).isTrue();
        assertThat(tracked.state()).isEqualTo(Word.HERE);
        assertThat(tracked.claimHere()).isFalse();
        assertThat(tracked.claimQueued()).isFalse();
        assertThat(tracked.queueUp(Word.EXIT_CLOSED)).isFalse();
        assertThat(tracked.abandonUnstarted()).isFalse();
        assertThat(tracked.abandon()).isFalse();
        assertThat(tracked.detach()).isFalse();
        assertThat(tracked.runner()).isNull();
        tracked.take(here);
        assertThat(tracked.runner()).isSameAs(here);
    }

    @Test
    void unclaim_claimed_isQueuedAgain() {
        tracked.queueUp(Word.EXIT_CLOSED);
        tracked.claimQueued();

        assertThat(tracked.unclaim()).isTrue();
        assertThat(tracked.state()).isEqualTo(Word.QUEUED);
        assertThat(tracked.unclaim()).isFalse();
    }

    @Test
    void handOver_claimedHere_isQueuedWithItsResource() {
        tracked.claimHere();

        assertThat(tracked.handOver()).isTrue();
        assertThat(tracked.state()).isEqualTo(Word.QUEUED);
        tracked.claimHere();
        assertThat(tracked.take(here)).isNotNull();
    }

    @Test
    void requeue_failedAttempt_givesTheResourceBack() {
        for (boolean inside : new boolean[] {true, false}) {
            Tracked<Object> one = new Fixtures().unlisted("one");
            if (inside) {
                one.claimHere();
            } else {
                run(one);
            }
            Object resource = one.take(here);
            assertThat(one.requeue(resource, !inside)).isFalse();
            assertThat(one.requeue(resource, inside)).isTrue();
            assertThat(one.claimHere()).isTrue();
            assertThat(one.take(here)).isSameAs(resource);
        }
    }

    @Test
    void ends_each_isFinal() {
        Map<Integer, CleanupOutcome> ends =
                Map.of(
                        Word.CLEANED, CleanupOutcome.CLEANED,
                        Word.FAILED, CleanupOutcome.FAILED,
                        Word.ABANDONED, CleanupOutcome.ABANDONED,
                        Word.DETACHED, CleanupOutcome.DETACHED);
        ends.forEach((end, outcome) -> {
            Tracked<Object> one = new Fixtures().unlisted("one");
            if (end == Word.DETACHED) {
                assertThat(one.detach()).isTrue();
            } else {
                assertThat(one.endRun(end)).isFalse();
                run(one);
                assertThat(end == Word.ABANDONED ? one.abandon() : one.endRun(end)).isTrue();
            }
            assertThat(one.outcome()).isEqualTo(outcome);
            assertThat(one.isFinal()).isTrue();
            assertThat(one.endRun(Word.CLEANED)).isFalse();
            assertThat(one.detach()).isFalse();
            assertThat(one.abandon()).isFalse();
            assertThat(one.claimHere()).isFalse();
            assertThat(one.abandonUnstarted()).isFalse();
            assertThat(one.flag(Word.OVERDUE)).isFalse();
            assertThat(one.outcome()).isEqualTo(outcome);
        });
    }

    @Test
    void endHere_flagged_keepsTheOtherBits() {
        assertThat(tracked.flag(Word.RELATED)).isTrue();
        assertThat(tracked.flag(Word.RELATED)).isFalse();
        long micros = tracked.acquiredMicros();
        tracked.claimHere();
        long word = tracked.endHere(Word.CLEANED);

        assertThat(word).isEqualTo(tracked.word());
        assertThat(word & Word.RELATED).isNotZero();
        assertThat(tracked.acquiredMicros()).isEqualTo(micros);
    }

    @Test
    void abandon_claimedWithoutAThread_runsLateAllTheSame() {
        tracked.queueUp(Word.EXIT_CLOSED);
        tracked.claimQueued();
        assertThat(tracked.abandon()).isTrue();

        assertThat(tracked.begin()).isFalse();
        assertThat(tracked.take(here)).isNotNull();
        assertThat(tracked.runner()).isSameAs(here);
        assertThat(tracked.endRun(Word.CLEANED)).isFalse();
    }

    @Test
    void abandonUnstarted_openOrQueued_isAbandoned() {
        Tracked<Object> queued = new Fixtures().unlisted("two");
        queued.queueUp(Word.EXIT_CLOSED);

        assertThat(tracked.abandonUnstarted()).isTrue();
        assertThat(queued.abandonUnstarted()).isTrue();
        assertThat(queued.outcome()).isEqualTo(CleanupOutcome.ABANDONED);
    }

    @Test
    void note_waiterBeforeOrAfterTheFailure_keepsAll() {
        Throwable failure = new IllegalStateException();
        for (int order = 0; order < 2; order++) {
            Tracked<Object> one = new Fixtures().unlisted("one");
            run(one);
            if (order == 0) {
                one.waiting();
            }
            one.failedBy(failure);
            assertThat(one.failure()).isSameAs(failure);
            one.waiting();
            one.endRun(Word.FAILED);
            one.wake();
            assertThat(one.future()).isCompletedWithValue(CleanupOutcome.FAILED);
            assertThat(one.failure()).isSameAs(failure);
            assertThat(one.ownerThread()).isEqualTo("acquirer");
        }
    }

    @Test
    void exit_workFailed_isThat() {
        Throwable failure = new IllegalStateException();
        tracked.progress().exitFailure(failure);

        assertThat(tracked.exit()).isEqualTo(new Exit.Failed(failure));
    }

    @Test
    void wake_beforeAndAfterAWaiterCame_completesIt() throws Exception {
        tracked.claimHere();
        CompletableFuture<CleanupOutcome> early = tracked.future();
        tracked.wake(); // no end yet: nothing to tell
        assertThat(early).isNotDone();
        tracked.endHere(Word.CLEANED);
        CompletableFuture<CleanupOutcome> between = tracked.future();
        tracked.wake();

        assertThat(early.get()).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(between.get()).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(tracked.waiting().await(0)).isTrue();
    }

    @Test
    void release_held_emptiesIt() {
        tracked.release();

        assertThat(tracked.openResource()).isNull();
        assertThat(tracked.cleanup()).isNull();
        tracked.claimHere();
        assertThatThrownBy(() -> Cleanups.run(tracked, tracked.take(here)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one");
    }

    @Test
    void abandonedAfter_anyNanos_roundsUpAndSaturates() {
        Progress progress = tracked.progress();
        progress.abandonedAfter(1);
        assertThat(progress.abandonedAfterMillis()).isEqualTo(1);
        progress.abandonedAfter(2_000_000);
        assertThat(progress.abandonedAfterMillis()).isEqualTo(2);
        progress.abandonedAfter(Long.MAX_VALUE);
        assertThat(progress.abandonedAfterMillis()).isEqualTo(Integer.MAX_VALUE);
    }
}
