package io.patinox.testkit;

import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// An entry that counts how often an order turns to it.
final class ContractNode implements PolicyNode {

    final int key;
    int hits;
    long weight;
    boolean sampled;
    private final Steps steps;
    private final int hash;
    private final long cost;
    private short mark;
    private @Nullable PolicyNode before;
    private @Nullable PolicyNode after;

    /// How many calls there were to nodes, all in all and in the call to the order that is going
    /// on.
    static final class Steps {
        long all;
        long now;
        long most = Long.MAX_VALUE;

        private void count() {
            all++;
            if (++now > most) {
                throw new AssertionError(
                        "a call goes on and on: it has turned to nodes %,d times".formatted(now));
            }
        }
    }

    ContractNode(int key, int hash, long weight, long cost, Steps steps) {
        this.key = key;
        this.hash = hash;
        this.weight = weight;
        this.cost = cost;
        this.steps = steps;
    }

    /// Returns the hash of a key as a cache would spread it.
    static int spread(int key) {
        int mixed = (key + 1) * 0x9E3779B9;
        return (mixed ^ (mixed >>> 16)) * 0x7feb352d & Integer.MAX_VALUE;
    }

    @Override
    public int hash() {
        steps.count();
        return hash;
    }

    @Override
    public int hits() {
        steps.count();
        return hits;
    }

    @Override
    public int takeHits() {
        steps.count();
        int taken = hits;
        hits = 0;
        return taken;
    }

    @Override
    public long weight() {
        steps.count();
        return weight;
    }

    @Override
    public long cost() {
        steps.count();
        return cost;
    }

    @Override
    public short mark() {
        steps.count();
        return mark;
    }

    @Override
    public void mark(short value) {
        steps.count();
        mark = value;
    }

    @Override
    public @Nullable PolicyNode before() {
        steps.count();
        return before;
    }

    @Override
    public void before(@Nullable PolicyNode node) {
        steps.count();
        before = node;
    }

    @Override
    public @Nullable PolicyNode after() {
        steps.count();
        return after;
    }

    @Override
    public void after(@Nullable PolicyNode node) {
        steps.count();
        after = node;
    }

    @Override
    public String toString() {
        return "the entry of key " + key;
    }
}
