package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The engine with batches, suspensions and a limit of the queue, beside a sequential model that
/// knows only how many slots are free and who waits.
@ParameterizedClass
@EnumSource
class FifoSuspensionModelTest {
    private static final int SLOTS = 5;
    private static final int MOST = 6;

    private final FifoEngine engine;
    private final Deque<Waiter> queue = new ArrayDeque<>();
    private final List<Integer> held = new ArrayList<>();
    private boolean suspended;
    private int free;

    FifoSuspensionModelTest(EngineKind kind) {
        engine = kind.engine(SLOTS);
        engine.limitWaiting(new Admission(MOST, () -> 0));
        for (int slot = 0; slot < SLOTS; slot++) {
            held.add(slot);
        }
    }

    @Test
    void engine_randomOperations_agreesWithTheModel() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int step = 0; step < 20_000; step++) {
            String where = "seed " + seed + ", step " + step;
            switch (random.nextInt(8)) {
                case 0 -> take(where);
                case 1, 2, 3 -> put(random, where);
                case 4, 5 -> enqueue(1 + random.nextInt(3), where);
                case 6 -> cancel(random, where);
                default -> toggle(where);
            }
            assertThat(engine.free()).as(where).isEqualTo(free);
            assertThat(engine.waiting()).as(where).isEqualTo(queue.size());
            assertThat(suspended || queue.isEmpty() || free == 0).as(where).isTrue();
        }
        assertThat(engine.overtakings()).isZero();
    }

    private void take(String where) {
        int slot = engine.tryTake();
        boolean due = !suspended && queue.isEmpty() && free > 0;
        assertThat(slot >= 0).as(where).isEqualTo(due);
        if (slot >= 0) {
            free--;
            held.add(slot);
        }
    }

    private void put(Random random, String where) {
        if (!held.isEmpty()) {
            int slot = held.remove(random.nextInt(held.size()));
            assertThat(engine.put(slot, () -> 0)).as(where).isTrue();
            free++;
            serve(where);
        }
    }

    private void enqueue(int count, String where) {
        List<Waiter> batch =
                Stream.generate(() -> new Waiter(null, Long.MAX_VALUE)).limit(count).toList();
        int coming = queue.size() + count <= MOST ? 0 : free;
        boolean admitted = queue.size() + count <= MOST + coming;
        assertThat(engine.enqueueAll(batch, 0)).as(where).isEqualTo(admitted);
        if (admitted) {
            queue.addAll(batch);
            serve(where);
        } else {
            assertThat(batch).as(where).allMatch(w -> w.state() == Waiter.REFUSED);
        }
    }

    private void cancel(Random random, String where) {
        if (!queue.isEmpty()) {
            Waiter waiter = List.copyOf(queue).get(random.nextInt(queue.size()));
            assertThat(engine.cancel(waiter, Waiter.CANCELLED)).as(where).isTrue();
            queue.remove(waiter);
        }
    }

    private void toggle(String where) {
        if (suspended) {
            assertThat(engine.resume(0)).as(where).isTrue();
        } else {
            assertThat(engine.suspend()).as(where).isTrue();
        }
        suspended = !suspended;
        serve(where);
    }

    /// Serves the model, and looks whether the engine did the same.
    private void serve(String where) {
        while (!suspended && free > 0 && !queue.isEmpty()) {
            Waiter head = queue.removeFirst();
            assertThat(head.state()).as(where).isEqualTo(Waiter.GRANTED);
            held.add(head.slot());
            free--;
        }
        assertThat(queue).as(where).allMatch(w -> w.state() == Waiter.WAITING);
    }
}
