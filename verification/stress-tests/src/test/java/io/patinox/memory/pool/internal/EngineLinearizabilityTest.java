package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/// **Claim.** Acquire, put, cancel, expire and a waiter's look at its own state are linearizable:
/// whatever threads do to an engine at the same time, each gets an answer that it could also have
/// got from [FairQueueModel], one operation after the other. So the order of service is the
/// model's, nothing is lost, and nothing is given twice.
///
/// An acquire is `tryTake` and, failing that, `enqueue`. `tryTake` alone is not linearizable, on
/// purpose: it refuses while a waiter is on its way to a free slot, even if there are two.
///
/// Lincheck draws its scenarios from a fixed seed, so every run checks the same ones. The tests at
/// the end show that it sees what is wrong with three engines that are almost right.
class EngineLinearizabilityTest {

    @Test
    void engine_lookingWaiters_isLinearizable() {
        options(new ModelCheckingOptions()).check(Looking.class);
        options(new StressOptions()).check(Looking.class);
    }

    @Test
    void engine_expiringWaiters_isLinearizable() {
        options(new ModelCheckingOptions()).check(Sweeping.class);
        options(new StressOptions()).check(Sweeping.class);
    }

    @Test
    void engineB_lookingWaiters_isLinearizable() {
        alike(new ModelCheckingOptions()).check(LookingB.class);
        alike(new StressOptions()).check(LookingB.class);
    }

    @Test
    void engineB_expiringWaiters_isLinearizable() {
        alike(new ModelCheckingOptions()).check(SweepingB.class);
        alike(new StressOptions()).check(SweepingB.class);
    }

    @Test
    void engine_growing_isLinearizable() {
        growing(new ModelCheckingOptions()).check(Growing.class);
        growing(new StressOptions()).check(Growing.class);
    }

    @Test
    void engineB_growing_isLinearizable() {
        growing(new ModelCheckingOptions()).check(GrowingB.class);
        growing(new StressOptions()).check(GrowingB.class);
    }

    private static <O extends Options<O, ?>> O growing(O options) {
        return options(options).sequentialSpecification(FairQueueModel.OneAlike.class);
    }

    @Test
    void engineB_waitersDoNotCloseTheGate_isCaught() {
        assertCaught(OpenGateB.class);
    }

    private static <O extends Options<O, ?>> O alike(O options) {
        return options(options).sequentialSpecification(FairQueueModel.TwoAlike.class);
    }

    @Test
    void put_looksAtTheCountAndFreesAfterwards_isCaught() {
        assertCaught(HastyPut.class);
    }

    @Test
    void put_ignoresTheCount_isCaught() {
        assertCaught(DeafPut.class);
    }

    @Test
    void take_ignoresTheCount_isCaught() {
        assertCaught(BargingTake.class);
    }

    @Test
    void engine_theScenariosThatCatchTheOthers_isLinearizable() {
        for (Class<?> caught : List.of(HastyPut.class, DeafPut.class, BargingTake.class)) {
            scenario(caught, Whole.class).check(Whole.class);
            scenario(caught, WholeB.class).check(WholeB.class);
        }
    }

    private static void assertCaught(Class<?> broken) {
        assertThatThrownBy(() -> scenario(broken, broken).check(broken))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    /// The shortest scenario in which a broken engine shows what it is: before, two at a time,
    /// after.
    private static ModelCheckingOptions scenario(Class<?> broken, Class<?> engine) {
        List<Actor> before = new ArrayList<>();
        before.add(call(engine, "acquire", 0));
        before.add(call(engine, "leave", 0)); // with the slot
        if (broken != HastyPut.class) {
            before.add(call(engine, "acquire", 1));
        }
        int newcomer = broken == HastyPut.class ? 1 : 2;
        List<List<Actor>> race =
                List.of(
                        List.of(call(engine, "put", 0)),
                        List.of(call(engine, "acquire", newcomer)));
        return new ModelCheckingOptions()
                .iterations(0)
                .invocationsPerIteration(1_000)
                .minimizeFailedScenario(false)
                .sequentialSpecification(FairQueueModel.OneSlot.class)
                .addCustomScenario(
                        new ExecutionScenario(
                                before, race, List.of(call(engine, "leave", 1)), null));
    }

    private static Actor call(Class<?> engine, String operation, int me) {
        try {
            return new Actor(engine.getMethod(operation, int.class), List.of(me));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static <O extends Options<O, ?>> O options(O options) {
        boolean full = "stress".equals(System.getProperty("patinox.ring"));
        return options.iterations(full ? 200 : 5)
                .invocationsPerIteration(full ? 10_000 : 200)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .minimizeFailedScenario(false)
                .sequentialSpecification(FairQueueModel.TwoSlots.class);
    }

    /// The engine as it is.
    public static final class Whole extends EngineOperations {
        public Whole() {
            super(1);
        }
    }

    /// Waiters look at their state. What a put or an acquire left to whoever had the lock is done
    /// by then: the look sees to it, as otherwise somebody could be seen waiting beside a slot that
    /// was put, for as long as a thread is on its way from the end of its critical section to the
    /// mail.
    public static final class Looking extends EngineOperations {
        public Looking() {
            super(2);
        }

        @Operation(params = "me")
        public String look(int me) {
            return lookAt(me);
        }
    }

    /// The same on engine B, with one hint for all, as hints that depend on the thread's id would
    /// make runs differ.
    public static class LookingB extends EngineOperations {
        public LookingB() {
            this(new GatedSlots(SlotWord.upTo(2), 1));
        }

        LookingB(FreeSlots slots) {
            super(slots, 2);
        }

        @Override
        final String name(int slot) {
            return "any";
        }

        @Operation(params = "me")
        public String look(int me) {
            return lookAt(me);
        }
    }

    /// Engine B with late waiters.
    public static final class SweepingB extends EngineOperations {
        public SweepingB() {
            super(new GatedSlots(SlotWord.upTo(2), 1), 2);
        }

        @Override
        String name(int slot) {
            return "any";
        }

        @Operation
        public void sweep() {
            engine.expire(DEADLINE);
        }
    }

    /// Slots are added, for engine A beyond its first word.
    public static final class Growing extends EngineOperations {
        public Growing() {
            super(1);
        }

        @Override
        String name(int slot) {
            return "any";
        }

        @Operation(params = "me")
        public String grow(int me) {
            return growBy(me, ControlWords.SLOTS_PER_WORD);
        }
    }

    /// Engine B, to which slots are added.
    public static final class GrowingB extends EngineOperations {
        public GrowingB() {
            super(new GatedSlots(SlotWord.upTo(1), 1), 1);
        }

        @Override
        String name(int slot) {
            return "any";
        }

        @Operation(params = "me")
        public String grow(int me) {
            return growBy(me, 1);
        }
    }

    /// Somebody ends the waits of all who are late. As it ends them one by one, they look only when
    /// they leave.
    public static final class Sweeping extends EngineOperations {
        public Sweeping() {
            super(2);
        }

        @Operation
        public void sweep() {
            engine.expire(DEADLINE);
        }
    }

    /// A wake-up is lost when a waiter arrives between the look and the store.
    public static final class HastyPut extends EngineOperations {
        // Read and written where Lincheck shall switch threads: it takes the bit-wise operations
        // of a VarHandle for plain code.
        private volatile int looks;

        public HastyPut() {
            super(1);
        }

        @Override
        void putInto(int slot) {
            if (engine.waiting() == 0) {
                looks++;
                words.expose(slot);
            } else {
                super.putInto(slot);
            }
        }
    }

    /// Nobody in the queue is ever served.
    public static final class DeafPut extends EngineOperations {
        public DeafPut() {
            super(1);
        }

        @Override
        void putInto(int slot) {
            words.expose(slot);
        }
    }

    /// A newcomer can take a slot on its way to the head of the queue. The slot goes that way in
    /// the open: handed over directly, it would hide that the count is ignored.
    public static class BargingTake extends EngineOperations {
        public BargingTake() {
            super(1);
        }

        BargingTake(FreeSlots slots) {
            super(slots, 1);
        }

        @Override
        final int take() {
            return words.claim();
        }

        @Override
        final void putInto(int slot) {
            words.expose(slot);
            engine.tend(0);
        }
    }

    /// Engine B whose newcomers take what they find, although the gate is closed.
    public static final class OpenGateB extends BargingTake {
        public OpenGateB() {
            super(new GatedSlots(SlotWord.upTo(1), 1));
        }
    }

    /// Engine B as it is.
    public static final class WholeB extends EngineOperations {
        public WholeB() {
            super(new GatedSlots(SlotWord.upTo(1), 1), 1);
        }
    }
}
