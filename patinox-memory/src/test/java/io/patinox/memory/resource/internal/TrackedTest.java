package io.patinox.memory.resource.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.resource.CleanupOutcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TrackedTest {
    private final Tracked<Object> tracked = new Fixtures().unlisted("one");
    private final Thread here = Thread.currentThread();

    @Test
    void state_fresh_isOpenWithoutAnOutcome() {
        assertThat(tracked.isOpen()).isTrue();
        assertThat(tracked.isFinal()).isFalse();
        assertThat(tracked.outcome()).isNull();
        assertThat(tracked.openResource()).isNotNull();
        assertThat(tracked.runner()).isNull();
        assertThat(tracked.failure()).isNull();
        assertThat(tracked.name()).isEqualTo("one");
        assertThat(tracked.type()).isEqualTo("type");
    }

    @Test
    void queueUp_andBack_isOpenAgain() {
        assertThat(tracked.queueUp()).isTrue();
        assertThat(tracked.queueUp()).isFalse();
        assertThat(tracked.isOpen()).isFalse();
        assertThat(tracked.openResource()).isNull();
        assertThat(tracked.unqueue()).isTrue();
        assertThat(tracked.unqueue()).isFalse();
        assertThat(tracked.isOpen()).isTrue();
    }

    @Test
    void claim_openOrQueued_isGivenOnce() {
        assertThat(tracked.claimQueued()).isFalse();
        tracked.queueUp();
        assertThat(tracked.claim(here)).isTrue();
        assertThat(tracked.state()).isEqualTo(Tracked.CLEANING);
        assertThat(tracked.runner()).isSameAs(here);
        assertThat(tracked.claim(here)).isFalse();
        assertThat(tracked.claimQueued()).isFalse();
        assertThat(tracked.queueUp()).isFalse();
        assertThat(tracked.moveUnstartedToAbandoned()).isFalse();
        assertThat(tracked.moveTo(Tracked.DETACHED)).isFalse();
    }

    @Test
    void unclaim_claimed_isQueuedAgain() {
        tracked.queueUp();
        tracked.claimQueued();
        tracked.unclaim();

        assertThat(tracked.state()).isEqualTo(Tracked.QUEUED);
    }

    @Test
    void moveTo_anyEnd_isFinal() {
        Map<Byte, CleanupOutcome> ends =
                Map.of(
                        Tracked.CLEANED, CleanupOutcome.CLEANED,
                        Tracked.FAILED, CleanupOutcome.FAILED,
                        Tracked.ABANDONED, CleanupOutcome.ABANDONED,
                        Tracked.DETACHED, CleanupOutcome.DETACHED);
        ends.forEach((end, outcome) -> {
            Tracked<Object> one = new Fixtures().unlisted("one");
            if (end != Tracked.DETACHED) {
                assertThat(one.moveTo(end)).isFalse();
                one.claim(here);
            }
            assertThat(one.moveTo(end)).isTrue();
            assertThat(one.outcome()).isEqualTo(outcome);
            assertThat(one.isFinal()).isTrue();
            for (byte other : ends.keySet()) {
                assertThat(one.moveTo(other)).isFalse();
            }
            assertThat(one.claim(here)).isFalse();
            assertThat(one.moveUnstartedToAbandoned()).isFalse();
            assertThat(one.outcome()).isEqualTo(outcome);
        });
    }

    @Test
    void abandonUnstarted_openOrQueued_isAbandoned() {
        Tracked<Object> queued = new Fixtures().unlisted("two");
        queued.queueUp();

        assertThat(tracked.moveUnstartedToAbandoned()).isTrue();
        assertThat(queued.moveUnstartedToAbandoned()).isTrue();
        assertThat(queued.outcome()).isEqualTo(CleanupOutcome.ABANDONED);
    }

    @Test
    void note_eachOrderOfThreadWaiterAndFailure_keepsAll() {
        Throwable failure = new IllegalStateException();
        for (int order = 0; order < 4; order++) {
            Tracked<Object> one = new Fixtures().unlisted("one");
            one.queueUp();
            one.claimQueued();
            if (order == 0) {
                one.waiting();
            }
            one.running(here);
            assertThat(one.runner()).isSameAs(here);
            if (order == 1) {
                one.waiting();
                assertThat(one.runner()).isSameAs(here);
            }
            one.failedBy(failure);
            assertThat(one.failure()).isSameAs(failure);
            if (order == 2) {
                one.waiting();
            }
            one.moveTo(Tracked.FAILED);
            one.wake();
            assertThat(one.runner()).isNull();
            assertThat(one.future()).isCompletedWithValue(CleanupOutcome.FAILED);
            assertThat(one.failure()).isSameAs(failure);
        }
    }

    @Test
    void wake_beforeAndAfterAWaiterCame_completesIt() throws Exception {
        tracked.claim(here);
        CompletableFuture<CleanupOutcome> early = tracked.future();
        tracked.wake(); // no end yet: nothing to tell
        assertThat(early).isNotDone();
        tracked.moveTo(Tracked.CLEANED);
        CompletableFuture<CleanupOutcome> between = tracked.future();
        tracked.wake();

        assertThat(early.get()).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(between.get()).isEqualTo(CleanupOutcome.CLEANED);
        assertThat(tracked.waiting().await(0)).isTrue();
    }

    @Test
    void wake_withoutWaiters_forgetsTheThread() {
        tracked.claim(here);
        tracked.moveTo(Tracked.CLEANED);
        tracked.wake();

        assertThat(tracked.runner()).isNull();
        assertThat(tracked.failure()).isNull();
    }

    @Test
    void release_held_emptiesIt() {
        tracked.release();

        assertThat(tracked.openResource()).isNull();
        assertThatThrownBy(tracked::clean)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one");
    }

    @Test
    void abandonedAfter_anyNanos_roundsUpAndSaturates() {
        tracked.abandonedAfter(1);
        assertThat(tracked.abandonedAfterMillis()).isEqualTo(1);
        tracked.abandonedAfter(2_000_000);
        assertThat(tracked.abandonedAfterMillis()).isEqualTo(2);
        tracked.abandonedAfter(Long.MAX_VALUE);
        assertThat(tracked.abandonedAfterMillis()).isEqualTo(Integer.MAX_VALUE);
    }
}
