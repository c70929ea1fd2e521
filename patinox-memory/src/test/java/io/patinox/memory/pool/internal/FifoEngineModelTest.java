package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The engine beside a sequential model of a fair pool: a sorted set of free slots and a queue.
class FifoEngineModelTest {
    static Stream<Arguments> enginesAndSizes() {
        return Stream.of(EngineKind.values())
                .flatMap(kind ->
                        IntStream.of(1, 2, 4, 40, 41, 90).mapToObj(n -> Arguments.of(kind, n)));
    }

    @ParameterizedTest
    @MethodSource("enginesAndSizes")
    void engine_randomOperations_agreesWithTheModel(EngineKind kind, int slots) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        FifoEngine engine = kind.engine(slots);
        TreeSet<Integer> free = new TreeSet<>();
        List<Integer> held = new ArrayList<>();
        Deque<Waiter> queue = new ArrayDeque<>();
        for (int i = 0; i < slots; i++) {
            held.add(i);
        }
        for (int step = 0; step < 20_000; step++) {
            String where = "seed " + seed + ", slots " + slots + ", step " + step;
            if (random.nextInt(1_000) == 0) {
                grow(engine, free, held, queue, random.nextInt(50), where);
            }
            switch (random.nextInt(5)) {
                case 0 -> take(engine, free, held, queue, where);
                case 1, 2 -> put(engine, free, held, queue, random, where);
                case 3 -> enqueue(engine, free, held, queue, where);
                default -> cancel(engine, queue, random, where);
            }
            assertThat(engine.free()).as(where).isEqualTo(free.size());
            assertThat(engine.waiting()).as(where).isEqualTo(queue.size());
            assertThat(queue.isEmpty() || free.isEmpty()).as(where).isTrue();
        }
        assertThat(engine.overtakings()).isZero();
    }

    /// Adds slots, which are held by us.
    private static void grow(
            FifoEngine engine,
            TreeSet<Integer> free,
            List<Integer> held,
            Deque<Waiter> queue,
            int more,
            String where) {
        long granted = queue.stream().filter(w -> w.state() == Waiter.GRANTED).count();
        assertThat(granted).as(where).isZero();
        int slots = free.size() + held.size();
        engine.grow(slots + more);
        for (int slot = slots; slot < slots + more; slot++) {
            held.add(slot);
        }
    }

    private static void take(
            FifoEngine engine,
            TreeSet<Integer> free,
            List<Integer> held,
            Deque<Waiter> queue,
            String where) {
        int taken = engine.tryTake();
        if (queue.isEmpty() && !free.isEmpty()) {
            assertThat(free.remove(taken)).as(where).isTrue();
            held.add(taken);
        } else {
            assertThat(taken).as(where).isEqualTo(-1);
        }
    }

    private static void put(
            FifoEngine engine,
            TreeSet<Integer> free,
            List<Integer> held,
            Deque<Waiter> queue,
            Random random,
            String where) {
        if (held.isEmpty()) {
            return;
        }
        int slot = held.remove(random.nextInt(held.size()));
        assertThat(engine.put(slot, () -> 0)).as(where).isTrue();
        Waiter head = queue.pollFirst();
        if (head == null) {
            free.add(slot);
        } else {
            assertThat(head.state()).as(where).isEqualTo(Waiter.GRANTED);
            assertThat(head.slot()).as(where).isEqualTo(slot);
            held.add(slot);
        }
    }

    private static void enqueue(
            FifoEngine engine,
            TreeSet<Integer> free,
            List<Integer> held,
            Deque<Waiter> queue,
            String where) {
        Waiter waiter = new Waiter(null, Long.MAX_VALUE);
        engine.enqueue(waiter, 0);
        if (queue.isEmpty() && !free.isEmpty()) {
            assertThat(waiter.state()).as(where).isEqualTo(Waiter.GRANTED);
            assertThat(free.remove(waiter.slot())).as(where).isTrue();
            held.add(waiter.slot());
        } else {
            assertThat(waiter.state()).as(where).isEqualTo(Waiter.WAITING);
            queue.addLast(waiter);
        }
    }

    private static void cancel(
            FifoEngine engine, Deque<Waiter> queue, Random random, String where) {
        if (queue.isEmpty()) {
            return;
        }
        List<Waiter> all = new ArrayList<>(queue);
        Waiter waiter = all.get(random.nextInt(all.size()));
        assertThat(engine.cancel(waiter, Waiter.CANCELLED)).as(where).isTrue();
        queue.remove(waiter);
    }
}
