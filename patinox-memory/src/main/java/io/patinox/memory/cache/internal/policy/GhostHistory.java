package io.patinox.memory.cache.internal.policy;

import java.util.Arrays;

/// The hashes of the entries that were evicted last: first in, first out, each once.
///
/// Takes 12 to 18 bytes a hash, and only for as many as it has had to hold. Not thread-safe.
final class GhostHistory {

    /*
     * The ring holds the hashes in the order in which they came, with a hole for each that was
     * recalled; holes do not count as hashes, for a history that is shorter than it claims to be
     * costs hits. The table finds the place of a hash in the ring: open addressing, linear
     * probing, and deletion that moves back what the gap would hide. The ring has at least a
     * quarter more room than hashes when it is full of both, so closing holes costs a constant
     * number of steps a hash.
     */

    private static final int HOLE = -1;
    private static final int LEAST = 16;

    private int[] ring = new int[LEAST];
    private int[] table = new int[LEAST * 2];
    private int head;
    private int used;
    private int size;

    GhostHistory() {}

    /// Returns how many hashes it remembers.
    int size() {
        return size;
    }

    /// Remembers a hash as the newest, and forgets the oldest beyond a limit.
    ///
    /// @param hash not negative
    /// @param limit how many to remember, at least 1
    void add(int hash, int limit) {
        remove(hash);
        while (size >= limit) {
            forgetOldest();
        }
        if (used == ring.length) {
            rebuild(size + size / 4 + LEAST);
        }
        int place = head + used;
        place = place >= ring.length ? place - ring.length : place;
        ring[place] = hash;
        used++;
        size++;
        table[slot(hash)] = place + 1;
    }

    /// Forgets a hash.
    ///
    /// @param hash not negative
    /// @return whether it was remembered
    boolean remove(int hash) {
        int slot = slot(hash);
        if (table[slot] == 0) {
            return false;
        }
        ring[table[slot] - 1] = HOLE;
        size--;
        clear(slot);
        return true;
    }

    private void forgetOldest() {
        int hash = ring[head];
        head = head + 1 == ring.length ? 0 : head + 1;
        used--;
        if (hash != HOLE) {
            size--;
            clear(slot(hash));
        }
    }

    /// Returns the slot of a hash, or the free one where it belongs.
    private int slot(int hash) {
        int mask = table.length - 1;
        int slot = home(hash, mask);
        while (table[slot] != 0 && ring[table[slot] - 1] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int home(int hash, int mask) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & mask;
    }

    private void clear(int slot) {
        int mask = table.length - 1;
        int gap = slot;
        int next = (gap + 1) & mask;
        while (table[next] != 0) {
            int home = home(ring[table[next] - 1], mask);
            // it may move into the gap only if that is not before its home
            if (((next - home) & mask) >= ((next - gap) & mask)) {
                table[gap] = table[next];
                gap = next;
            }
            next = (next + 1) & mask;
        }
        table[gap] = 0;
    }

    private void rebuild(int length) {
        int[] old = ring;
        int[] fresh = new int[length];
        int count = 0;
        for (int i = 0; i < used; i++) {
            int place = head + i;
            int hash = old[place >= old.length ? place - old.length : place];
            if (hash != HOLE) {
                fresh[count++] = hash;
            }
        }
        ring = fresh;
        head = 0;
        used = count;
        // at most three quarters full
        int slots = Integer.highestOneBit(length + length / 3) * 2;
        if (slots == table.length) {
            Arrays.fill(table, 0);
        } else {
            table = new int[slots];
        }
        for (int place = 0; place < count; place++) {
            table[slot(fresh[place])] = place + 1;
        }
    }
}
