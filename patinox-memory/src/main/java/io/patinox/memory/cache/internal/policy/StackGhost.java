package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// Stands in the stack of a [LirsOrder] for a cold entry, or for one that was evicted: a node
/// without weight and without hits.
final class StackGhost implements PolicyNode {

    /// The next one whose hash falls into the same bucket.
    @Nullable StackGhost next;

    /// The neighbours among those whose entry was evicted, and whether it is one of them.
    @Nullable StackGhost older;

    @Nullable StackGhost newer;
    boolean evicted;

    private final int hash;
    private @Nullable PolicyNode before;
    private @Nullable PolicyNode after;

    StackGhost(int hash) {
        this.hash = hash;
    }

    @Override
    public int hash() {
        return hash;
    }

    @Override
    public int hits() {
        return 0;
    }

    @Override
    public int takeHits() {
        return 0;
    }

    @Override
    public long weight() {
        return 0;
    }

    @Override
    public short mark() {
        return 0;
    }

    @Override
    public void mark(short mark) {
        throw new UnsupportedOperationException("a ghost takes no marks");
    }

    @Override
    public @Nullable PolicyNode before() {
        return before;
    }

    @Override
    public void before(@Nullable PolicyNode before) {
        this.before = before;
    }

    @Override
    public @Nullable PolicyNode after() {
        return after;
    }

    @Override
    public void after(@Nullable PolicyNode after) {
        this.after = after;
    }
}
