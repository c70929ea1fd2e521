package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class FifoFailWaitingTest {
    private final FifoEngine engine;
    private final List<Waiter> woken = new ArrayList<>();
    private final Exception reason = new Exception("out");

    FifoFailWaitingTest(EngineKind kind) {
        engine = kind.engine(2);
    }

    private Waiter queued() {
        Waiter waiter =
                new Waiter(null, 100) {
                    @Override
                    void wake() {
                        woken.add(this);
                    }
                };
        engine.enqueue(waiter, 0);
        return waiter;
    }

    @Test
    void failWaiting_manyWait_failsThemInOrderAndTheQueueIsOpenAgain() {
        List<Waiter> waiters = List.of(queued(), queued(), queued());
        assertThat(engine.failWaiting(() -> reason)).isEqualTo(3);
        assertThat(woken).containsExactlyElementsOf(waiters);
        assertThat(waiters)
                .allSatisfy(waiter -> {
                    assertThat(waiter.state()).isEqualTo(Waiter.FAILED);
                    assertThat(waiter.failure()).isSameAs(reason);
                });
        assertThat(engine.waiting()).isZero();
        engine.put(1, () -> 0);
        assertThat(engine.tryTake()).isEqualTo(1);
    }

    @Test
    void failWaiting_noReasonLeft_leavesThemWhereTheyAre() {
        Waiter waiter = queued();
        assertThat(engine.failWaiting(() -> null)).isZero();
        assertThat(waiter.state()).isEqualTo(Waiter.WAITING);
        engine.put(0, () -> 0);
        assertThat(waiter.state()).isEqualTo(Waiter.GRANTED);
    }

    @Test
    void failWaiting_nobodyWaits_asksForNoReason() {
        int failed =
                engine.failWaiting(() -> {
                    throw new AssertionError("asked");
                });
        assertThat(failed).isZero();
    }
}
