package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// Least frequently used: the entry with the fewest hits goes; of several, the one that has had
/// that count longest. After every [#PERIOD] times as many evictions as there are entries all
/// counts are halved, so that what was hot yesterday goes in the end.
@SuppressWarnings("ReferenceEquality") // an entry is equal to itself only
final class LfuOrder extends LateOrder {

    /*
     * queues[c] holds the entries with c counted hits. Hits are counted late: the first entry of
     * the lowest queue moves up if it was hit since. Every other entry has at least its counted
     * hits, so when that first entry has no more, nobody has fewer.
     *
     * Halving takes no walk over the entries: queue 2c and queue 2c + 1 are joined to queue c, and
     * a mark says in which age its count was noted, from which follows what is left of it. Ages
     * are counted modulo 256, which is enough: a count is 0 after 8 ages, and who has count 0 is
     * evicted, or moved and marked anew, within the age, since an age has more evictions than
     * there are entries and all those with count 0 come before others.
     */

    static final int MOST = 255;
    static final int PERIOD = 10;

    private static final int AGE_SHIFT = 8;
    private static final int AGE_MASK = 0xff;

    private final NodeQueue[] queues = new NodeQueue[MOST + 1];
    private int lowest = MOST;
    private int age;
    private int size;
    private int largest;
    private long evictions;

    LfuOrder(long capacity) {
        super(capacity);
        for (int count = 0; count <= MOST; count++) {
            queues[count] = new NodeQueue();
        }
    }

    @Override
    void enter(PolicyNode node) {
        size++;
        largest = Math.max(largest, size);
        put(node, 0);
    }

    @Override
    void leave(PolicyNode node) {
        queues[count(node)].remove(node);
        size--;
    }

    @Override
    void reweighed(PolicyNode node, long oldWeight) {
        queues[count(node)].reweighed(node, oldWeight);
    }

    @Override
    @Nullable PolicyNode choose() {
        if (size == 0) {
            return null;
        }
        NodeQueue queue = lowest();
        for (int step = 0; step < PATIENCE; step++) {
            PolicyNode node = queue.removeFirst();
            int hits = node.takeHits();
            if (hits == 0) {
                return evicted(node);
            }
            put(node, (int) Math.min(MOST, (long) count(node) + hits));
            queue = lowest();
        }
        return evicted(queue.removeFirst());
    }

    @Override
    public long rank(PolicyNode node) {
        return (node == newest() ? 0 : count(node)) + (long) node.hits();
    }

    private PolicyNode evicted(PolicyNode node) {
        size--;
        evictions++;
        if (evictions > (long) PERIOD * largest) {
            evictions = 0;
            largest = size;
            halve();
        }
        return node;
    }

    private void halve() {
        age = (age + 1) & AGE_MASK;
        for (int count = 1; count <= MOST; count++) {
            queues[count / 2].addLast(queues[count]);
        }
        lowest = 0;
    }

    private void put(PolicyNode node, int count) {
        node.mark((short) (age << AGE_SHIFT | count));
        queues[count].addLast(node);
        lowest = Math.min(lowest, count);
    }

    private int count(PolicyNode node) {
        int mark = node.mark() & 0xffff;
        int ages = (age - (mark >> AGE_SHIFT)) & AGE_MASK;
        return (mark & MOST) >> Math.min(ages, AGE_SHIFT);
    }

    private NodeQueue lowest() {
        while (queues[lowest].isEmpty()) {
            lowest++;
        }
        return queues[lowest];
    }
}
