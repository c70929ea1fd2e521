package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// S3-FIFO (Yang et al., SOSP 2023): new entries pass through a small queue, a tenth of the room,
/// and stay only if they are hit twice there. Who fails is remembered as a ghost, and goes straight
/// to the main queue when it comes back.
@SuppressWarnings("ReferenceEquality") // an entry is equal to itself only
final class S3FifoOrder extends LateOrder {

    /*
     * Every entry with a place is in `small` or `main`, as its mark says, which also holds what is
     * left of its frequency in `main`, 0 to 3. There are at most as many ghosts as `main` has
     * entries when the cache is full: nine tenths of all. That is counted in entries, whatever
     * they weigh, since a ghost costs the same for each.
     */

    private static final int SMALL_SHARE = 10;
    private static final int MAIN = 1;
    private static final int MOST = 3;

    private final NodeQueue small = new NodeQueue();
    private final NodeQueue main = new NodeQueue();
    private final GhostHistory ghosts = new GhostHistory();

    S3FifoOrder(long capacity) {
        super(capacity);
    }

    @Override
    void enter(PolicyNode node) {
        if (ghosts.remove(node.hash())) {
            toMain(node, 0);
        } else {
            node.mark((short) 0);
            small.addLast(node);
        }
    }

    @Override
    void leave(PolicyNode node) {
        queue(node).remove(node);
    }

    @Override
    void reweighed(PolicyNode node, long oldWeight) {
        queue(node).reweighed(node, oldWeight);
    }

    @Override
    @Nullable PolicyNode choose() {
        for (int step = 0; step < PATIENCE; step++) {
            PolicyNode node = fromSmall() ? small.first() : main.first();
            if (node == null) {
                return null;
            }
            if (!stays(node)) {
                break;
            }
        }
        if (!fromSmall()) {
            return main.removeFirst();
        }
        int limit = Math.max(1, ghostLimit());
        PolicyNode node = small.removeFirst();
        ghosts.add(node.hash(), limit);
        return node;
    }

    /// Returns how many ghosts there may be.
    int ghostLimit() {
        long entries = (long) small.size() + main.size();
        return (int) (entries - entries / SMALL_SHARE);
    }

    /// Returns how many ghosts there are.
    int ghosts() {
        return ghosts.size();
    }

    @Override
    public long rank(PolicyNode node) {
        int mark = node == newest() ? 0 : node.mark();
        return (long) mark + node.hits();
    }

    private boolean fromSmall() {
        long target = Math.max(1, capacity() / SMALL_SHARE);
        return !small.isEmpty() && (small.weight() >= target || main.isEmpty());
    }

    /// Moves on the first entry of its queue, if it has earned that.
    private boolean stays(PolicyNode node) {
        int hits = node.hits();
        int left = node.mark() >> 1;
        boolean isMain = (node.mark() & MAIN) != 0;
        if (isMain ? hits + left == 0 : hits < 2) {
            return false;
        }
        node.takeHits();
        queue(node).remove(node);
        toMain(node, isMain ? (int) Math.min(MOST, (long) hits + left) - 1 : 0);
        return true;
    }

    private void toMain(PolicyNode node, int frequency) {
        node.mark((short) (frequency << 1 | MAIN));
        main.addLast(node);
    }

    private NodeQueue queue(PolicyNode node) {
        return (node.mark() & MAIN) == 0 ? small : main;
    }
}
