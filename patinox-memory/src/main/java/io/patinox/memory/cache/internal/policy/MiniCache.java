package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// A simulated cache: keys without values, in a [SegmentOrder] of one regime. A key is known by its
/// hash; keys of equal hashes are taken for one. Not thread-safe.
@SuppressWarnings("ReferenceEquality") // a node is equal to itself only
final class MiniCache {

    /*
     * The table is of open addressing with linear probing, and less than half full. A removal moves
     * back those nodes behind the gap that would not be found any more. The node that was evicted
     * last is used for the next key, so nothing is allocated once the cache is full.
     */

    private final int capacity;
    private final SegmentOrder order;
    private final @Nullable Node[] table;
    private @Nullable Node spare;
    private int size;

    /// @param capacity how many keys it holds, at least 1
    MiniCache(int capacity, Regime regime) {
        this.capacity = capacity;
        this.order = new SegmentOrder(capacity, regime);
        this.table = new Node[Integer.highestOneBit(capacity) * 4];
    }

    /// {@return whether the next new key will cost another one its place}
    boolean isFull() {
        return size >= capacity;
    }

    /// Uses a key, which is there afterwards.
    ///
    /// @return whether it was there before
    boolean use(int hash) {
        int slot = find(hash);
        Node node = table[slot];
        if (node != null) {
            node.hit();
            return true;
        }
        node = spare != null ? spare : new Node();
        spare = null;
        node.hash = hash;
        insert(node, slot);
        while (size > capacity && order.evict() instanceof Node gone) {
            forget(gone);
        }
        return false;
    }

    /// Makes a cache that holds the same keys, each where it is here, and goes on in another
    /// regime. Only while this one is not full for the first time, so that it has nothing else to
    /// remember.
    MiniCache copy(Regime regime) {
        MiniCache copy = new MiniCache(capacity, order.regime());
        order.forEach(each -> {
            Node node = new Node();
            node.hash = each.hash();
            node.hits = each.hits();
            copy.insert(node, copy.find(node.hash));
        });
        copy.order.regime(regime);
        return copy;
    }

    private void insert(Node node, int slot) {
        table[slot] = node;
        size++;
        order.added(node);
    }

    /// Returns the slot of a hash: where it is, or else where it belongs.
    private int find(int hash) {
        int slot = home(hash);
        Node node = table[slot];
        while (node != null && node.hash != hash) {
            slot = next(slot);
            node = table[slot];
        }
        return slot;
    }

    private void forget(Node gone) {
        int gap = find(gone.hash);
        table[gap] = null;
        for (int slot = next(gap); ; slot = next(slot)) {
            Node node = table[slot];
            if (node == null) {
                break;
            }
            int way = (slot - home(node.hash)) & (table.length - 1);
            if (way >= ((slot - gap) & (table.length - 1))) {
                table[gap] = node;
                table[slot] = null;
                gap = slot;
            }
        }
        size--;
        gone.reset();
        spare = gone;
    }

    private int home(int hash) {
        return ((hash * 0x9E37_79B9) >>> 16) & (table.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (table.length - 1);
    }

    /// A key of a simulated cache. Counts at most 127 hits, of which no regime needs more than 3.
    private static final class Node implements PolicyNode {
        private int hash;
        private int hits;
        private short mark;
        private @Nullable PolicyNode before;
        private @Nullable PolicyNode after;

        void hit() {
            if (hits < Byte.MAX_VALUE) {
                hits++;
            }
        }

        void reset() {
            hits = 0;
            mark = 0;
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
}
