package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// An entry without a value.
final class TestNode implements PolicyNode {

    final int key;
    int hits;
    long weight = 1;
    long cost = 1;
    boolean sampled;
    private final int hash;
    private short mark;
    private @Nullable PolicyNode before;
    private @Nullable PolicyNode after;

    TestNode(int key, int hash) {
        this.key = key;
        this.hash = hash;
    }

    static TestNode of(int key) {
        return new TestNode(key, hash(key));
    }

    static int hash(int key) {
        int mixed = (key ^ (key >>> 16)) * 0x7feb352d;
        mixed = (mixed ^ (mixed >>> 15)) * 0x846ca68b;
        return (mixed ^ (mixed >>> 16)) & Integer.MAX_VALUE;
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
        return weight;
    }

    @Override
    public long cost() {
        return cost;
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

    @Override
    public String toString() {
        return "node " + key;
    }
}
