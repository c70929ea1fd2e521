package io.patinox.memory.cache.internal.policy;

/// Remembers when evicted entries were last used: those of the last two turnovers or more.
///
/// Takes 4 bytes a ghost, and nothing before the first. Not thread-safe.
final class Ghosts {

    /*
     * The high bits of a mixed hash choose a bucket of eight slots; its low 22 bits are the
     * fingerprint that tells ghosts apart, so about one of half a million strangers is taken for a
     * ghost. A slot is the fingerprint, never 0, above the time. A bucket is kept in the order of
     * coming and loses its oldest. With two slots an entry, few buckets overflow before their
     * ghosts are too old to matter.
     */

    private static final int BUCKET = 8;
    private static final int A_ENTRY = 2;
    private static final int MOST = 1 << 24;
    private static final int TIME_MASK = (1 << Turnovers.BITS) - 1;

    /// The answer that there is no such ghost.
    static final int NONE = -1;

    private int[] slots = new int[0];
    private int buckets;
    private long enough;

    /// Has room for the ghosts of a number of entries. If that is a quarter more than it has room
    /// for, it begins anew.
    void reserve(long entries) {
        if (entries > enough) {
            long wanted = (A_ENTRY * entries + BUCKET - 1) / BUCKET;
            buckets = (int) Math.min(MOST, wanted);
            slots = new int[buckets * BUCKET];
            enough = buckets == MOST ? Long.MAX_VALUE : entries + entries / 4;
        }
    }

    /// Returns how many ghosts there is room for.
    int slots() {
        return slots.length;
    }

    /// Remembers a hash. There must be [room][#reserve(long)] for ghosts.
    void put(int hash, int time) {
        int mixed = mix(hash);
        int start = start(mixed);
        int slot = start;
        while (slot < start + BUCKET && slots[slot] != 0) {
            slot++;
        }
        if (slot == start + BUCKET) {
            System.arraycopy(slots, start + 1, slots, start, BUCKET - 1);
            slot--;
        }
        slots[slot] = (fingerprint(mixed) << Turnovers.BITS) | time;
    }

    /// Takes a hash out.
    ///
    /// @return its time, or `NONE`
    int take(int hash) {
        if (slots.length == 0) {
            return NONE;
        }
        int mixed = mix(hash);
        int start = start(mixed);
        int wanted = fingerprint(mixed);
        for (int slot = start; slot < start + BUCKET; slot++) {
            if (slots[slot] >>> Turnovers.BITS == wanted) {
                int time = slots[slot] & TIME_MASK;
                slots[slot] = 0;
                return time;
            }
        }
        return NONE;
    }

    private int start(int mixed) {
        return (int) (((mixed & 0xFFFF_FFFFL) * buckets) >>> 32) * BUCKET;
    }

    private static int fingerprint(int mixed) {
        return (mixed & (-1 >>> Turnovers.BITS)) | 1;
    }

    private static int mix(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x7FEB352D;
        mixed = (mixed ^ (mixed >>> 15)) * 0x846CA68B;
        return mixed ^ (mixed >>> 16);
    }
}
