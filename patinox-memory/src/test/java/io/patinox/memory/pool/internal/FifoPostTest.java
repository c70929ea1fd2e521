package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The claim: who comes while somebody else is at work in the engine waits for nobody, and is
/// served by the other.
///
/// The engine asks its custodian under its lock. Here the custodian lets another thread do its part
/// meanwhile, and waits until that is done.
class FifoPostTest implements Custodian {
    private Runnable meanwhile = () -> {};

    @Override
    public boolean isDoubtful(int slot) {
        Runnable task = meanwhile;
        meanwhile = () -> {};
        CompletableFuture.runAsync(task).orTimeout(20, TimeUnit.SECONDS).join();
        return false;
    }

    @Override
    public boolean examine(int slot) {
        throw new AssertionError("nothing is in doubt");
    }

    @Override
    public void discard(int slot) {
        throw new AssertionError("nothing is in doubt");
    }

    @ParameterizedTest
    @EnumSource
    void put_duringAnother_servesTheNextInLine(EngineKind kind) {
        FifoEngine engine = new FifoEngine(kind.slots(3), this, 0);
        Waiter first = queue(engine);
        Waiter second = queue(engine);
        meanwhile =
                () -> {
                    assertThat(engine.put(1, () -> 0)).isTrue();
                    assertThat(second.state()).isEqualTo(Waiter.WAITING);
                    // One of the two has a slot coming, so nobody need create two.
                    assertThat(engine.unserved()).isEqualTo(1);
                };
        engine.put(0, () -> 0);
        assertThat(first.slot()).isZero();
        assertThat(second.slot()).isEqualTo(1);
        assertThat(engine.waiting()).isZero();
        assertThat(engine.overtakings()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void put_duringTheServiceOfTheLast_becomesFree(EngineKind kind) {
        FifoEngine engine = new FifoEngine(kind.slots(3), this, 0);
        queue(engine);
        meanwhile = () -> engine.put(2, () -> 0);
        engine.put(0, () -> 0);
        assertThat(engine.isFree(2)).isTrue();
        assertThat(engine.tryTake()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"B_CALM", "B_ALERT"})
    void enqueue_duringAPut_isQueuedBehindThoseWhoWait(EngineKind kind) {
        FifoEngine engine = new FifoEngine(kind.slots(3), this, 0);
        queue(engine);
        Waiter second = queue(engine);
        Waiter third = new Waiter(null, 100);
        meanwhile =
                () -> {
                    assertThat(engine.enqueue(third, 0)).isTrue();
                    assertThat(engine.waiting()).isEqualTo(3);
                    assertThat(engine.tryTake()).isEqualTo(-1);
                };
        engine.put(0, () -> 0);
        assertThat(engine.waiting()).isEqualTo(2);
        engine.put(1, () -> 0);
        assertThat(second.slot()).isEqualTo(1);
        engine.put(2, () -> 0);
        assertThat(third.slot()).isEqualTo(2);
        assertThat(engine.overtakings()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"B_CALM", "B_ALERT"})
    void enqueue_duringTheServiceOfTheLast_findsWhatIsFree(EngineKind kind) {
        FifoEngine engine = new FifoEngine(kind.slots(3), this, 0);
        queue(engine);
        Waiter second = new Waiter(null, 100);
        meanwhile =
                () -> {
                    engine.put(2, () -> 0);
                    engine.enqueue(second, 0);
                };
        engine.put(0, () -> 0);
        assertThat(second.slot()).isEqualTo(2);
    }

    private static Waiter queue(FifoEngine engine) {
        Waiter waiter = new Waiter(null, 100);
        engine.enqueue(waiter, 0);
        return waiter;
    }
}
