package io.patinox.testkit;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.PolicyNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One order under the calls of a cache, with a note of who is there.
final class ContractRun {

    private static final long STEPS_ON_AVERAGE = 100;
    private static final long STEPS_AN_ENTRY = 1_000;
    private static final long DEAREST = 1L << 40;

    private final EvictionPolicy policy;
    private final EvictionOrder order;
    private final long seed;
    private final Random random;
    private final IntUnaryOperator hash;
    private final ContractNode.Steps steps = new ContractNode.Steps();
    private final Map<Integer, ContractNode> entries = new HashMap<>();
    private final long usual;
    private long capacity;
    private long weight;
    private long calls;

    ContractRun(EvictionPolicy policy, long capacity, long seed, IntUnaryOperator hash) {
        this.policy = policy;
        this.usual = capacity;
        this.capacity = capacity;
        this.seed = seed;
        this.random = new Random(seed);
        this.hash = hash;
        this.order = policy.newOrder(capacity);
    }

    /// Makes random calls.
    void randomCalls(int count, long heaviest, boolean resize) {
        int keys = (int) Math.min(2_000, 2 + Math.min(usual, 1_000) * 5 / 2);
        for (int i = 0; i < count; i++) {
            // small keys come more often than large ones
            int key = random.nextInt(1 + random.nextInt(keys));
            switch (random.nextInt(16)) {
                case 0 -> remove(key);
                case 1 -> update(key, 1 + random.nextLong(heaviest));
                case 2 -> resize(resize ? 1 + random.nextLong(2 * usual) : capacity);
                default -> use(key, 1 + random.nextLong(heaviest));
            }
        }
        checkSteps();
    }

    /// Lets new entries come, and hits all that are there before each.
    void hitAllBetween(int count) {
        for (int key = 0; key < count; key++) {
            if (key >= capacity) {
                entries.values().forEach(this::hit);
            }
            use(key, 1);
        }
        checkSteps();
    }

    /// Lets new entries come, and hits none.
    void newcomers(int count) {
        for (int key = 0; key < count; key++) {
            use(key, 1);
        }
        checkSteps();
    }

    /// Lets everybody go, one by one.
    void drain() {
        while (!entries.isEmpty()) {
            evict();
        }
        PolicyNode nobody = told("evict()", order::evict);
        if (nobody != null) {
            throw failure("evict() returned %s, though nobody is left".formatted(nobody));
        }
        weight = 0;
    }

    private void use(int key, long itsWeight) {
        ContractNode known = entries.get(key);
        if (known != null) {
            hit(known);
            return;
        }
        long cost = 1 + random.nextLong(DEAREST);
        int itsHash = hash.applyAsInt(key);
        ContractNode node = new ContractNode(key, itsHash, itsWeight, cost, steps);
        node.sampled = Boolean.TRUE.equals(told("samples()", () -> order.samples(itsHash)));
        entries.put(key, node);
        weight += itsWeight;
        tell("added()", () -> order.added(node));
        makeRoom();
    }

    private void hit(ContractNode node) {
        calls++;
        node.hits++;
        if (policy.everyHit() || node.sampled) {
            tell("hit()", () -> order.hit(node));
        }
    }

    private void update(int key, long newWeight) {
        ContractNode node = entries.get(key);
        if (node != null) {
            long old = node.weight;
            node.weight = newWeight;
            weight += newWeight - old;
            tell("updated()", () -> order.updated(node, old));
            tell("rank()", () -> order.rank(node));
            makeRoom();
        }
    }

    private void remove(int key) {
        ContractNode node = entries.remove(key);
        if (node != null) {
            weight -= node.weight;
            tell("removed()", () -> order.removed(node));
        }
    }

    private void resize(long newCapacity) {
        capacity = newCapacity;
        tell("resized()", () -> order.resized(newCapacity));
        makeRoom();
    }

    private void makeRoom() {
        while (weight > capacity) {
            evict();
        }
    }

    private void evict() {
        PolicyNode node = told("evict()", order::evict);
        if (node == null) {
            throw failure("evict() returned null, though %d are there".formatted(entries.size()));
        }
        if (!(node instanceof ContractNode ours) || !entries.remove(ours.key, ours)) {
            throw failure("evict() returned %s, which is not there".formatted(node));
        }
        weight -= ours.weight;
    }

    private void checkSteps() {
        long average = steps.all / Math.max(1, calls);
        if (average > STEPS_ON_AVERAGE) {
            throw failure(
                    "calls turn to nodes %,d times on average, more than %,d"
                            .formatted(average, STEPS_ON_AVERAGE));
        }
    }

    private void tell(String call, Runnable work) {
        told(
                call,
                () -> {
                    work.run();
                    return null;
                });
    }

    private <T> @Nullable T told(String call, Supplier<? extends @Nullable T> work) {
        calls++;
        steps.now = 0;
        steps.most = STEPS_AN_ENTRY * (entries.size() + 100L);
        try {
            return work.get();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            AssertionError failure = failure(call + " threw " + e);
            failure.initCause(e);
            throw failure;
        }
    }

    private AssertionError failure(String what) {
        return new AssertionError(
                "policy %s, room for %,d, %,d entries, seed %dL: %s"
                        .formatted(policy.name(), capacity, entries.size(), seed, what));
    }
}
