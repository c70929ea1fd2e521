package io.patinox.cli.simulate;

import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// An entry of a simulated shard: a key and what an order needs.
final class SimulatedNode implements PolicyNode {

    final int key;
    int hits;
    boolean resident;
    boolean sampled;
    private final int hash;
    private short mark;
    private @Nullable PolicyNode before;
    private @Nullable PolicyNode after;

    SimulatedNode(int key) {
        this.key = key;
        int mixed = (key + 1) * 0x9E3779B9;
        mixed = (mixed ^ (mixed >>> 16)) * 0x7feb352d;
        mixed = (mixed ^ (mixed >>> 15)) * 0x846ca68b;
        this.hash = (mixed ^ (mixed >>> 16)) & Integer.MAX_VALUE;
    }

    @Override
    public int hash() {
        return hash;
    }

    @Override
    public int hits() {
        return hits;
    }

    @Override
    public int takeHits() {
        int taken = hits;
        hits = 0;
        return taken;
    }

    @Override
    public long weight() {
        return 1;
    }

    @Override
    public short mark() {
        return mark;
    }

    @Override
    public void mark(short value) {
        mark = value;
    }

    @Override
    public @Nullable PolicyNode before() {
        return before;
    }

    @Override
    public void before(@Nullable PolicyNode node) {
        before = node;
    }

    @Override
    public @Nullable PolicyNode after() {
        return after;
    }

    @Override
    public void after(@Nullable PolicyNode node) {
        after = node;
    }
}
