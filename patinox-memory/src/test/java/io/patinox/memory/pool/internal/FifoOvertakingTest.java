package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The claim: a head is overtaken as often as was allowed at the most, and no slot is lost to it.
@ParameterizedClass
@EnumSource
class FifoOvertakingTest {
    private static final int ALLOWED = 3;
    private final FifoEngine engine;

    FifoOvertakingTest(EngineKind kind) {
        engine = new FifoEngine(kind.slots(1), Custodian.TRUSTING, ALLOWED);
    }

    @Test
    void tryTake_whileTheHeadIsBeingWoken_passesItAsOftenAsAllowed() {
        Waiter head = queue(Thread.currentThread());
        for (int pass = 1; pass <= ALLOWED; pass++) {
            assertThat(engine.put(0, () -> 0)).isTrue();
            assertThat(engine.tryTake()).as("pass " + pass).isZero();
            assertThat(head.state()).isEqualTo(Waiter.WAITING);
            assertThat(engine.overtakings()).isEqualTo(pass);
        }
        assertThat(engine.put(0, () -> 0)).isTrue();
        assertThat(head.state()).isEqualTo(Waiter.GRANTED);
        assertThat(engine.tryTake()).isEqualTo(-1);
        assertThat(engine.overtakings()).isEqualTo(ALLOWED);
    }

    @Test
    void look_theSlotIsStillThere_isGranted() {
        Waiter head = queue(Thread.currentThread());
        engine.put(0, () -> 0);
        assertThat(head.wasTold()).isTrue();
        assertThat(head.wasTold()).isFalse();
        engine.look(head, 0);
        assertThat(head.state()).isEqualTo(Waiter.GRANTED);
        assertThat(engine.overtakings()).isZero();
    }

    @Test
    void look_theSlotIsGone_isToldAgainAtTheNextPut() {
        Waiter head = queue(Thread.currentThread());
        engine.put(0, () -> 0);
        assertThat(head.wasTold()).isTrue();
        assertThat(engine.tryTake()).isZero();
        engine.look(head, 0);
        assertThat(head.state()).isEqualTo(Waiter.WAITING);
        engine.put(0, () -> 0);
        assertThat(head.wasTold()).isTrue();
    }

    @Test
    void cancel_theHeadGivesUpWhileASlotIsFree_servesTheNext() {
        Waiter head = queue(Thread.currentThread());
        Waiter next = queue(Thread.currentThread());
        engine.put(0, () -> 0);
        assertThat(engine.cancel(head, Waiter.CANCELLED)).isTrue();
        assertThat(next.state()).isEqualTo(Waiter.GRANTED);
    }

    @Test
    void put_theHeadCannotLook_isGrantedAtOnce() {
        Waiter head = queue(null);
        engine.put(0, () -> 0);
        assertThat(head.state()).isEqualTo(Waiter.GRANTED);
    }

    @Test
    void put_theNextHead_hasPassesOfItsOwn() {
        Waiter head = queue(Thread.currentThread());
        Waiter next = queue(Thread.currentThread());
        engine.put(0, () -> 0);
        assertThat(engine.tryTake()).isZero();
        engine.put(0, () -> 0);
        engine.look(head, 0);
        assertThat(head.state()).isEqualTo(Waiter.GRANTED);
        for (int pass = 1; pass <= ALLOWED; pass++) {
            engine.put(0, () -> 0);
            assertThat(engine.tryTake()).isZero();
        }
        engine.put(0, () -> 0);
        assertThat(next.state()).isEqualTo(Waiter.GRANTED);
        assertThat(engine.overtakings()).isEqualTo(1 + ALLOWED);
    }

    @Test
    void close_aSlotWasLeftFree_claimsIt() {
        queue(Thread.currentThread());
        engine.put(0, () -> 0);
        int[] claimed = {0};
        assertThat(engine.close(slot -> claimed[0]++)).isEqualTo(1);
        assertThat(claimed[0]).isEqualTo(1);
        assertThat(engine.put(0, () -> 0)).isFalse();
    }

    private Waiter queue(@org.jspecify.annotations.Nullable Thread thread) {
        Waiter waiter = new Waiter(thread, 100);
        engine.enqueue(waiter, 0);
        return waiter;
    }
}
