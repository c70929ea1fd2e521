package io.patinox.memory.pool.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// What two or three actors do to one engine, and the books: which slots each holds, and who waits.
///
/// The engine's slots start free; a test takes what its actors hold from the beginning. Each actor
/// writes only into its own hand, so the books themselves share nothing.
class Round {
    /// The time at which a waiter of [#late] has expired, and one of [#patient] has not.
    static final long NOW = 10;

    /// Read by [#put] when somebody waits: a time at which nobody has expired.
    static final NanoSource BEFORE = () -> 0;

    static final NanoSource AT_NOW = () -> NOW;
    static final String KEPT = "kept";

    final FifoEngine engine;
    final BitSet one = new BitSet();
    final BitSet two = new BitSet();
    final BitSet three = new BitSet();
    private final Kind kind;
    private int slots;
    private final List<Counted> waiters = new ArrayList<>();
    private boolean closed;

    Round(int slots) {
        this.slots = slots;
        kind = Kind.next();
        engine = new FifoEngine(kind.slots(slots));
        for (int slot = 0; slot < slots; slot++) {
            engine.put(slot, BEFORE);
        }
    }

    /// The engines, and the two states in which engine B frees a slot while nobody waits. Rounds
    /// take turns, so that every test tries all three; the property `patinox.engine` picks one.
    private enum Kind {
        A,
        B_CALM,
        B_ALERT;

        private static final List<Kind> CHOICE =
                Stream.of(values())
                        .filter(k ->
                                k.name().equals(System.getProperty("patinox.engine", k.name())))
                        .toList();
        private static final AtomicInteger ROUNDS = new AtomicInteger();

        static Kind next() {
            return CHOICE.get(Math.floorMod(ROUNDS.getAndIncrement(), CHOICE.size()));
        }

        FreeSlots slots(int count) {
            if (this == A) {
                return new ControlWords(count);
            }
            FreeSlots gated = new GatedSlots(SlotWord.upTo(count), 4);
            if (this == B_ALERT) {
                gated.enter();
                gated.leave();
            }
            return gated;
        }
    }

    /// Makes a waiter that has no deadline within the round.
    final Counted patient() {
        return waiter(1_000);
    }

    /// Makes a waiter that expires at [#NOW].
    final Counted late() {
        return waiter(NOW);
    }

    private Counted waiter(long deadline) {
        Counted waiter = new Counted(deadline);
        waiters.add(waiter);
        return waiter;
    }

    /// Takes all slots into a hand, before the race.
    final void holdAll(BitSet hand) {
        for (int slot = engine.tryTake(); slot >= 0; slot = engine.tryTake()) {
            hand.set(slot);
        }
    }

    final String take(BitSet hand) {
        int slot = engine.tryTake();
        if (slot < 0) {
            return "none";
        }
        hand.set(slot);
        return "took";
    }

    final String claim(int slot, BitSet hand) {
        if (!engine.claim(slot)) {
            return "none";
        }
        hand.set(slot);
        return "claimed";
    }

    final String put(int slot, BitSet hand, NanoSource now) {
        hand.clear(slot);
        if (engine.put(slot, now)) {
            return "put";
        }
        hand.set(slot);
        return "refused";
    }

    /// Adds slots, for engine A as many as need a word more, and puts the last of them; the hand
    /// gets the others.
    final String growAndPut(BitSet hand) {
        int before = slots;
        slots = kind == Kind.A ? before + ControlWords.SLOTS_PER_WORD : before + 1;
        engine.grow(slots);
        hand.set(before, slots - 1);
        return put(slots - 1, hand, BEFORE);
    }

    final String enqueue(Waiter waiter) {
        return engine.enqueue(waiter, 0) ? "queued" : "refused";
    }

    final String cancel(Waiter waiter) {
        return engine.cancel(waiter, Waiter.CANCELLED) ? "cancelled" : "too-late";
    }

    /// Makes a batch of waiters that have no deadline within the round.
    final List<Counted> batch(int count) {
        return Stream.generate(this::patient).limit(count).toList();
    }

    final String enqueueAll(List<Counted> batch) {
        return engine.enqueueAll(batch, 0) ? "queued" : "refused";
    }

    /// Has a whole batch give up, as its borrower does: what was granted meanwhile is put.
    final String giveUp(List<Counted> batch) {
        for (Counted member : batch.reversed()) {
            if (!engine.cancel(member, Waiter.CANCELLED) && member.state() == Waiter.GRANTED) {
                member.gaveBack = true;
                engine.put(member.slot(), BEFORE);
            }
        }
        return "gave-up";
    }

    /// What became of a batch, after the race.
    final String names(List<Counted> batch) {
        settle();
        return String.join("+", batch.stream().map(Round::state).toList());
    }

    final String suspend() {
        return engine.suspend() ? "suspended" : "not-suspended";
    }

    final String resume() {
        return engine.resume(0) ? "resumed" : "not-resumed";
    }

    /// Closes the engine; the hand gets what was free.
    final String close(BitSet hand) {
        int failed = engine.close(hand::set);
        return failed < 0 ? "closed-before" : "failed-" + failed;
    }

    /// Says so to the books before the race, when an actor is going to close the engine.
    final void willClose() {
        closed = true;
    }

    /// Audits the engine after the race, and puts it through one more turn, so it comes last.
    ///
    /// @return [#KEPT], or which rule was broken
    final String audit() {
        settle();
        if (engine.isSuspended()) {
            resume();
        }
        String verdict = verdict();
        return verdict.equals(KEPT) ? KEPT : kind + "-" + verdict;
    }

    private String verdict() {
        int waiting = 0;
        for (Counted waiter : waiters) {
            waiting += waiter.state() == Waiter.WAITING ? 1 : 0;
            if (waiter.wakes > 1) {
                return "woken-twice";
            }
            boolean served = waiter.state() == Waiter.GRANTED || waiter.state() == Waiter.EXPIRED;
            if (served && waiter.wakes == 0) {
                return "never-woken";
            }
        }
        if (waiting != engine.waiting()) {
            return "miscounted";
        }
        if (waiting > 0 && engine.free() > 0) {
            return "waits-beside-a-free-slot";
        }
        if (engine.overtakings() > 0) {
            return "overtaken";
        }
        for (int slot = 0; slot < slots; slot++) {
            if (owners(slot) != 1) {
                return "slot-" + slot + "-has-" + owners(slot) + "-owners";
            }
        }
        return epilogue(waiting);
    }

    private int owners(int slot) {
        int owners = engine.isFree(slot) ? 1 : 0;
        owners += one.get(slot) ? 1 : 0;
        owners += two.get(slot) ? 1 : 0;
        owners += three.get(slot) ? 1 : 0;
        for (Counted waiter : waiters) {
            boolean has = waiter.state() == Waiter.GRANTED && !waiter.gaveBack;
            owners += has && waiter.slot() == slot ? 1 : 0;
        }
        return owners;
    }

    /// Gives every slot back: those who wait are served, and the gate is open when nobody does.
    private String epilogue(int waiting) {
        int held = 0;
        for (int slot = 0; slot < slots; slot++) {
            if (!engine.isFree(slot)) {
                held++;
                if (engine.put(slot, BEFORE) == closed) {
                    return closed ? "put-into-a-closed-engine" : "put-refused";
                }
            }
        }
        int served = closed ? 0 : Math.min(waiting, held);
        if (engine.waiting() != waiting - served || engine.overtakings() > 0) {
            return "not-served-in-order";
        }
        int expected = closed || waiting > served ? 0 : slots - served;
        int taken = 0;
        while (engine.tryTake() >= 0) {
            taken++;
        }
        return taken == expected ? KEPT : "gate-let-" + taken + "-of-" + expected;
    }

    /// Engine B may miss a slot that is freed while its gate is calm. It is seen by now, and the
    /// keeper looks for it.
    private void settle() {
        if (kind == Kind.B_CALM) {
            engine.tend(0);
        }
    }

    /// What became of a waiter, after the race.
    final String name(Waiter waiter) {
        settle();
        return state(waiter);
    }

    /// What a waiter sees of itself.
    static String state(Waiter waiter) {
        return switch (waiter.state()) {
            case Waiter.WAITING -> "waits";
            case Waiter.GRANTED -> "granted";
            case Waiter.EXPIRED -> "expired";
            case Waiter.CANCELLED -> "cancelled";
            case Waiter.CLOSED -> "closed";
            case Waiter.FAILED -> "failed";
            default -> "unknown";
        };
    }

    /// Fails everybody who waits, as at the beginning of an outage.
    final String failWaiting() {
        return "failed-" + engine.failWaiting(() -> new Exception("nothing to lend"));
    }

    /// Counts its wake-ups. Only the one who ends the wait calls, so a plain field does.
    static final class Counted extends Waiter {
        int wakes;

        /// Whether it put the slot that it was granted.
        boolean gaveBack;

        Counted(long deadlineNanos) {
            super(null, deadlineNanos);
        }

        @Override
        void wake() {
            wakes++;
        }
    }
}
