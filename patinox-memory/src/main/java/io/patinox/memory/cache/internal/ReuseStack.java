package io.patinox.memory.cache.internal;

import java.util.Arrays;

/// Remembers the keys that were seen last, and says for a key how many others were seen since: its
/// reuse distance. Keys are known by a hash that is not negative.
///
/// *Threads.* Not thread-safe.
final class ReuseStack {

    /*
     * Each sighting gets the next slot of a time line that is twice as long as the number of keys
     * it keeps; a key stands in the slot of its last sighting. A Fenwick tree (P. Fenwick, 1994)
     * counts the taken slots, so the number of keys that were seen after a slot takes a logarithm
     * of steps. At the end of the time line the taken slots move together at its start, which
     * leaves at least half of it free: a constant number of steps for each sighting in between.
     *
     * A table with linear probing leads from a key to its slot. It is at most half full. A key that
     * goes closes its gap by moving back those behind that may stand there, so there are no marks
     * of deleted ones that would fill it up.
     */

    /// What [#seen] returns for a key that is not remembered.
    static final int UNKNOWN = -1;

    /// What [#seen] returns for a key that was last seen before the last [#mark].
    static final int STALE = -2;

    private static final int FREE = -1;

    private final int most;
    private final int[] keys;
    private final int[] counts;
    private final int[] tableKeys;
    private final int[] tableSlots;
    private int next;
    private int oldest;
    private int size;
    private int mark;

    /// Creates an empty stack.
    ///
    /// @param most how many keys it keeps, from 1
    ReuseStack(int most) {
        this.most = most;
        this.keys = new int[2 * most];
        this.counts = new int[2 * most + 1];
        int cells = Integer.highestOneBit(Math.max(2, 2 * most + 1)) << 1;
        this.tableKeys = new int[cells];
        this.tableSlots = new int[cells];
        Arrays.fill(keys, FREE);
        Arrays.fill(tableKeys, FREE);
    }

    int size() {
        return size;
    }

    /// Makes all keys stale until they are seen again.
    void mark() {
        mark = next;
    }

    /// Notes that a key was seen. If there are too many, the one that was not seen for longest
    /// goes.
    ///
    /// @param key the key
    /// @return how many others were seen since, or [#UNKNOWN], or [#STALE]
    int seen(int key) {
        if (next == keys.length) {
            closeUp();
        }
        int cell = find(key);
        int distance = UNKNOWN;
        if (tableKeys[cell] == key) {
            int slot = tableSlots[cell];
            distance = slot < mark ? STALE : size - takenUpTo(slot);
            vacate(slot);
        } else {
            if (size == most) {
                removeOldest();
                cell = find(key);
            }
            tableKeys[cell] = key;
            size++;
        }
        tableSlots[cell] = next;
        keys[next] = key;
        count(next, 1);
        next++;
        return distance;
    }

    private void removeOldest() {
        while (keys[oldest] == FREE) {
            oldest++;
        }
        int key = keys[oldest];
        vacate(oldest);
        removeCell(find(key));
        size--;
    }

    private void vacate(int slot) {
        keys[slot] = FREE;
        count(slot, -1);
    }

    private void closeUp() {
        int to = 0;
        int fresh = 0;
        for (int slot = 0; slot < next; slot++) {
            int key = keys[slot];
            if (key != FREE) {
                keys[slot] = FREE;
                keys[to] = key;
                tableSlots[find(key)] = to;
                fresh += slot < mark ? 0 : 1;
                to++;
            }
        }
        next = to;
        oldest = 0;
        mark = to - fresh;
        // the tree of a line whose first slots are all taken
        for (int i = 1; i < counts.length; i++) {
            int from = i - (i & -i);
            counts[i] = Math.clamp(to - (long) from, 0, i & -i);
        }
    }

    private void count(int slot, int delta) {
        for (int i = slot + 1; i < counts.length; i += i & -i) {
            counts[i] += delta;
        }
    }

    private int takenUpTo(int slot) {
        int sum = 0;
        for (int i = slot + 1; i > 0; i -= i & -i) {
            sum += counts[i];
        }
        return sum;
    }

    // the cell of the key, or the free one where it would stand
    private int find(int key) {
        int cell = home(key);
        while (tableKeys[cell] != FREE && tableKeys[cell] != key) {
            cell = (cell + 1) & (tableKeys.length - 1);
        }
        return cell;
    }

    private int home(int key) {
        int mixed = key * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & (tableKeys.length - 1);
    }

    private void removeCell(int cell) {
        int mask = tableKeys.length - 1;
        int gap = cell;
        int other = (cell + 1) & mask;
        while (tableKeys[other] != FREE) {
            int fromHome = (other - home(tableKeys[other])) & mask;
            if (fromHome >= ((other - gap) & mask)) {
                tableKeys[gap] = tableKeys[other];
                tableSlots[gap] = tableSlots[other];
                gap = other;
            }
            other = (other + 1) & mask;
        }
        tableKeys[gap] = FREE;
    }
}
