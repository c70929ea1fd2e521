package io.patinox.memory.pool.internal;

import java.util.Arrays;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/// What borrowers do to an engine, as operations that end: a thread that asks comes back later to
/// look what it got. Each holds one slot or stands in the queue once.
///
/// Lincheck calls the public methods. Each returns what the thread learns from it.
@Param(name = "me", gen = ThreadIdGen.class)
public class EngineOperations {
    static final long DEADLINE = 10;
    private static final int THREADS_MAX = 8;
    private static final int NOTHING = -1;

    final FreeSlots words;
    final FifoEngine engine;
    private final int[] held = new int[THREADS_MAX];
    private final Waiter[] asked = new Waiter[THREADS_MAX];
    private final boolean[] grew = new boolean[THREADS_MAX];

    EngineOperations(int slots) {
        this(new ControlWords(slots), slots);
    }

    EngineOperations(FreeSlots words, int slots) {
        this.words = words;
        engine = new FifoEngine(words);
        Arrays.fill(held, NOTHING);
        for (int slot = 0; slot < slots; slot++) {
            engine.put(slot, () -> 0);
        }
    }

    /// Asks for a slot, and joins the queue when none is to be had at once.
    @Operation(params = "me")
    public String acquire(int me) {
        if (held[me] != NOTHING || asked[me] != null) {
            return "busy";
        }
        Waiter waiter = new Waiter(null, DEADLINE);
        asked[me] = waiter;
        int slot = take();
        if (slot >= 0) {
            waiter.grant(slot);
        } else {
            engine.enqueue(waiter, 0);
        }
        return "asked";
    }

    /// Gives the held slot back.
    @Operation(params = "me")
    public String put(int me) {
        if (held[me] == NOTHING) {
            return "empty-handed";
        }
        int slot = held[me];
        held[me] = NOTHING;
        putInto(slot);
        return "put " + name(slot);
    }

    /// Takes what was granted, or else gives up.
    @Operation(params = "me")
    public String leave(int me) {
        Waiter waiter = asked[me];
        if (waiter == null) {
            return "did not ask";
        }
        asked[me] = null;
        if (engine.cancel(waiter, Waiter.CANCELLED)) {
            return "gave up";
        }
        return outcome(me, waiter);
    }

    /// Adds slots, once for each who asks, who holds the last of them from then on.
    final String growBy(int me, int more) {
        if (held[me] != NOTHING || asked[me] != null || grew[me]) {
            return "busy";
        }
        grew[me] = true;
        held[me] = (me + 1) * more;
        engine.grow(held[me] + 1);
        return "grew";
    }

    final String lookAt(int me) {
        Waiter waiter = asked[me];
        if (waiter == null) {
            return "did not ask";
        }
        engine.finishWhatIsPosted();
        if (waiter.state() == Waiter.WAITING) {
            return "waits";
        }
        asked[me] = null;
        return outcome(me, waiter);
    }

    private String outcome(int me, Waiter waiter) {
        if (waiter.state() == Waiter.GRANTED) {
            held[me] = waiter.slot();
            return "slot " + name(held[me]);
        }
        return "state " + waiter.state();
    }

    /// How a slot is called in the answers.
    String name(int slot) {
        return Integer.toString(slot);
    }

    int take() {
        return engine.tryTake();
    }

    void putInto(int slot) {
        engine.put(slot, () -> 0);
    }
}
