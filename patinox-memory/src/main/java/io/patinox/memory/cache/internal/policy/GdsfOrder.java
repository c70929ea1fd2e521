package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// GreedyDual-Size-Frequency (Cherkasova, 1998): the entry with the least priority goes, which is
/// its worth, hits times cost by weight, and a clock that stands at the priority of who went last.
/// So what is small, dear and popular stays longest, and what is no longer asked for ages.
///
/// Worth counts up to 31 hits, and priorities are rounded down by at most an eighth of the worth.
/// That much rounding costs next to nothing (Ghandeharizadeh et al., 2014), and makes every step
/// constant.
@SuppressWarnings("ReferenceEquality") // an entry is equal to itself only
final class GdsfOrder extends LateOrder {

    /*
     * Priorities are kept in a wheel (Varghese and Lauck, 1987) that turns with the clock: level k
     * has 64 slots of 8^k each, and an entry is in the lowest level whose slots reach as far as
     * its worth. An entry stays in its slot until it goes or was hit, so a slot is as exact as its
     * level is fine. Clock and priorities are numbers modulo 2^64; all that counts is how far they
     * are apart, less than 2^62. No slot begins further than its level's reach after the clock, so
     * a slot's number tells its time; the one in which the clock stands is due at once.
     *
     * Hits are counted late: the entry that is due is moved on if it was hit since.
     */

    private static final int LEVELS = 20;
    private static final int SLOTS = 64;
    private static final int SLOT_BITS = 3;
    private static final int PLACES = LEVELS * SLOTS;
    private static final int MOST_HITS = 31;
    // the worth of one hit at cost 1 and weight 1
    private static final double UNIT = 1L << 26;
    private static final double MOST_WORTH = 1L << 60;

    private final @Nullable NodeQueue[] queues = new NodeQueue[PLACES];
    // a bit for each slot of a level in which there is somebody
    private final long[] occupied = new long[LEVELS];
    private long clock;

    GdsfOrder(long capacity) {
        super(capacity);
    }

    @Override
    void enter(PolicyNode node) {
        place(node, 1);
    }

    @Override
    void leave(PolicyNode node) {
        int place = (node.mark() & 0xffff) % PLACES;
        NodeQueue queue = queue(place);
        queue.remove(node);
        if (queue.isEmpty()) {
            occupied[place / SLOTS] &= ~(1L << place);
        }
    }

    @Override
    void reweighed(PolicyNode node, long oldWeight) {
        queue((node.mark() & 0xffff) % PLACES).reweighed(node, oldWeight);
        leave(node);
        place(node, hits(node));
    }

    @Override
    @Nullable PolicyNode choose() {
        for (int step = 0; ; step++) {
            int place = nextPlace();
            if (place < 0) {
                return null;
            }
            PolicyNode node = Objects.requireNonNull(queue(place).first());
            int hits = node.takeHits();
            if (hits == 0 || step == PATIENCE) {
                return chosen(node, place);
            }
            leave(node);
            place(node, (int) Math.min(MOST_HITS, (long) hits(node) + hits));
        }
    }

    @Override
    public long rank(PolicyNode node) {
        return worth(node, (node == newest() ? 1 : hits(node)) + (double) node.hits());
    }

    /// Takes an entry that is due, unless the newest is worth less and heavier: who takes more room
    /// than it makes has no claim to be tried first.
    private @Nullable PolicyNode chosen(PolicyNode node, int place) {
        long distance = distance(place);
        PolicyNode newest = newest();
        if (newest != null && newest.weight() > node.weight() && worth(newest, 1) < distance) {
            removed(newest);
            return newest;
        }
        leave(node);
        clock += distance;
        return node;
    }

    private void place(PolicyNode node, int hits) {
        long priority = clock + worth(node, hits);
        int level = 0;
        while ((priority >>> (SLOT_BITS * level)) - (clock >>> (SLOT_BITS * level)) >= SLOTS) {
            level++;
        }
        int slot = (int) (priority >>> (SLOT_BITS * level)) & (SLOTS - 1);
        int place = level * SLOTS + slot;
        node.mark((short) (hits * PLACES + place));
        queue(place).addLast(node);
        occupied[level] |= 1L << slot;
    }

    private static int hits(PolicyNode node) {
        return (node.mark() & 0xffff) / PLACES;
    }

    private static long worth(PolicyNode node, double hits) {
        double worth = UNIT * hits * node.cost() / Math.max(1, node.weight());
        return (long) Math.clamp(worth, 1.0, MOST_WORTH);
    }

    /// Returns where the next one is due, or a negative number if there is nobody.
    private int nextPlace() {
        int best = -1;
        long bestDistance = Long.MAX_VALUE;
        for (int level = 0; level < LEVELS; level++) {
            if (occupied[level] != 0) {
                int now = (int) (clock >>> (SLOT_BITS * level)) & (SLOTS - 1);
                int ahead = Long.numberOfTrailingZeros(Long.rotateRight(occupied[level], now));
                int place = level * SLOTS + ((now + ahead) & (SLOTS - 1));
                long distance = distance(place);
                if (distance < bestDistance) {
                    bestDistance = distance;
                    best = place;
                }
            }
        }
        return best;
    }

    /// Returns how far after the clock a slot begins; 0 for the one in which it stands.
    private long distance(int place) {
        int shift = SLOT_BITS * (place / SLOTS);
        long now = clock >>> shift;
        long ahead = (place - now) & (SLOTS - 1);
        return ahead == 0 ? 0 : ((now + ahead) << shift) - clock;
    }

    private NodeQueue queue(int place) {
        NodeQueue queue = queues[place];
        if (queue == null) {
            queue = new NodeQueue();
            queues[place] = queue;
        }
        return queue;
    }
}
