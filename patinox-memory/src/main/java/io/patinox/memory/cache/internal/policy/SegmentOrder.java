package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A small queue for what is new, a main queue for what has proved itself, and a memory of what was
/// evicted. How large the queues are, and what is proof, says a [Regime], which may change at any
/// time.
///
/// The building blocks are known: queues with lazy promotion instead of lists that move on a hit
/// (CLOCK, Corbató, 1968; S3-FIFO, Yang et al., SOSP 2023), and the test of LIRS (Jiang and Zhang,
/// SIGMETRICS 2002), which compares how long a newcomer was away with how long a resident has been
/// idle. LIRS keeps a stack to know that. Here it follows from the times at which the hand passed:
/// an entry without hits has been idle at least since then. Not thread-safe.
@SuppressWarnings("ReferenceEquality") // an entry is equal to itself only
final class SegmentOrder implements EvictionOrder {

    /*
     * Invariants: each entry is in the queue that its mark names, whose weight is the sum of its
     * entries' as far as `updated` was told. A mark's time is when the entry came, or when the hand
     * last found that it had been hit; so an entry without hits is idle since a time that is not
     * later.
     *
     * The test: a newcomer whose ghost is of age d takes the place of the main queue's first,
     * if that has no hits and its age is more than d times `proof`. In a loop that is larger than
     * the room, d is the time of a whole round, and no resident is ever idle for longer: nobody is
     * replaced, which is the best one can do. If the loop ends, residents grow older than any
     * distance of the new phase, and are replaced as quickly as newcomers come back. The first of
     * the queue stands for all: it is the one the hand passed the longest time ago.
     *
     * What an eviction may use up is bounded: PATIENCE entries with hits are spared, and the next
     * goes whatever its hits. The test looks at TRIES entries at most.
     *
     * `bound` is what the queues may hold together. An order is asked to evict when the cache is
     * full, and the shards of a cache share one bound, so what the shard held when it was last
     * asked is a better measure than its nominal share. Targets are shares of the bound, and at
     * least the weight of an average entry for the small queue, lest a newcomer has no time at all.
     * After a change of regime, queues approach their new targets by evictions alone, except that
     * a main queue that is too small takes over MOVES entries of the small one at each.
     */

    private static final int PATIENCE = 96;
    private static final int TRIES = 4;
    private static final int MOVES = 4;
    private static final int FREQUENCY = 3;
    private static final double SOON = 0.9;

    private final NodeQueue small = new NodeQueue();
    private final NodeQueue main = new NodeQueue();
    private final Turnovers time = new Turnovers();
    private final Ghosts ghosts = new Ghosts();
    private Regime regime;
    private long bound;
    private long arrivals;
    private long newest;
    private long smallTarget;
    private long mainTarget;

    SegmentOrder(long capacity, Regime regime) {
        this.bound = capacity;
        this.regime = regime;
        measure();
    }

    /// {@return the regime}
    Regime regime() {
        return regime;
    }

    /// Chooses in another way from now on.
    void regime(Regime other) {
        regime = other;
        measure();
    }

    /// Shows all entries; in the order of coming, while there was room for all.
    void forEach(Consumer<PolicyNode> action) {
        for (NodeQueue queue : List.of(main, small)) {
            for (PolicyNode node = queue.first(); node != null; node = node.after()) {
                action.accept(node);
            }
        }
    }

    /// {@return for how many entries there is room, as far as one can tell}
    long room() {
        long weight = weight();
        int size = small.size() + main.size();
        double average = size == 0 ? 1 : Math.max(1e-6, weight / (double) size);
        return (long) Math.max(1, Math.min(Integer.MAX_VALUE, bound / average));
    }

    @Override
    public void added(PolicyNode node) {
        arrivals++;
        time.tick();
        int last = ghosts.take(node.hash());
        boolean proved = last != Ghosts.NONE && proved(time.age(last));
        enter(node, proved || fills());
        newest = node.weight();
        // weights are known by and by
        if ((arrivals & (arrivals - 1)) == 0) {
            measure();
        }
    }

    @Override
    public void updated(PolicyNode node, long oldWeight) {
        queue(node).reweighed(node, oldWeight);
    }

    @Override
    public void removed(PolicyNode node) {
        queue(node).remove(node);
    }

    @Override
    public void resized(long capacity) {
        bound = capacity;
        measure();
    }

    @Override
    public long rank(PolicyNode node) {
        long kept = Marks.isMain(node) ? 1 + Marks.credit(node) : 0;
        return 2 * kept + node.hits();
    }

    @Override
    public @Nullable PolicyNode evict() {
        noteBound();
        int patience = PATIENCE;
        int moves = MOVES;
        while (true) {
            boolean fromSmall = fromSmall();
            PolicyNode node = fromSmall ? small.first() : main.first();
            if (node == null) {
                return null;
            }
            if (patience > 0 && (fromSmall ? leavesSmall(node) : staysInMain(node))) {
                patience--;
            } else if (fromSmall && moves > 0 && fills()) {
                moves--;
                move(node, true, 0, Marks.time(node));
            } else {
                return leave(node);
            }
        }
    }

    /// Whether what has been away for a time and is back has proved itself.
    private boolean proved(int away) {
        return switch (regime.entrance) {
            case NEVER -> false;
            case IF_HIT_TWICE -> away <= SOON * time.steps();
            case IF_IDLE_LONGER -> main.weight() < mainTarget || outlasts(away);
        };
    }

    /// Whether newcomers go straight to the main queue, as long as it is not full.
    private boolean fills() {
        return regime.entrance == Regime.Entrance.IF_IDLE_LONGER && main.weight() < mainTarget;
    }

    /// Compares a newcomer with the first of the main queue, and the hand passes who was hit.
    private boolean outlasts(int away) {
        for (int n = 0; n < TRIES; n++) {
            PolicyNode rival = main.first();
            if (rival == null) {
                return true;
            }
            if (rival.takeHits() > 0) {
                passed(rival);
            } else if (away * regime.proof >= time.age(Marks.time(rival))) {
                return false;
            } else if (Marks.credit(rival) <= 1) {
                return true;
            } else {
                move(rival, true, Marks.credit(rival) - 1, time.now());
                return false;
            }
        }
        return false;
    }

    /// Gives a main entry that was hit another round.
    private void passed(PolicyNode node) {
        move(node, true, Math.min(regime.credit, Marks.credit(node) + 1), time.now());
    }

    private boolean fromSmall() {
        if (small.isEmpty() || main.isEmpty()) {
            return main.isEmpty();
        }
        return small.weight() > smallTarget
                || (regime.entrance == Regime.Entrance.IF_IDLE_LONGER
                        && main.weight() <= mainTarget);
    }

    /// Lets an entry of the small queue stay, here or there, if it has earned that.
    private boolean leavesSmall(PolicyNode node) {
        int hits = hits(node);
        return switch (regime.entrance) {
            case NEVER -> another(node, false, hits);
            case IF_HIT_TWICE -> {
                if (hits >= 2) {
                    move(node, true, 0, time.now());
                }
                yield hits >= 2;
            }
            case IF_IDLE_LONGER -> {
                if (hits > 0) {
                    competes(node);
                }
                yield hits > 0;
            }
        };
    }

    /// Lets a small entry that was hit take the place of the main queue's first, or wait on.
    private void competes(PolicyNode node) {
        boolean enters = proved(time.age(Marks.time(node)));
        move(node, enters, 0, time.now());
        PolicyNode oldest = main.first();
        if (enters && main.weight() > mainTarget && oldest != null && oldest != node) {
            move(oldest, false, 0, Marks.time(oldest));
        }
    }

    private boolean staysInMain(PolicyNode node) {
        return switch (regime.entrance) {
            case NEVER -> another(node, false, hits(node));
            case IF_HIT_TWICE -> another(node, true, hits(node));
            case IF_IDLE_LONGER -> {
                boolean hit = node.takeHits() > 0;
                if (hit) {
                    passed(node);
                }
                yield hit;
            }
        };
    }

    /// Lets an entry that was hit go round once more, for one of its hits.
    private boolean another(PolicyNode node, boolean toMain, int hits) {
        if (hits > 0) {
            move(node, toMain, hits - 1, time.now());
        }
        return hits > 0;
    }

    /// Returns the hits of an entry, new ones and remembered ones, up to three.
    private static int hits(PolicyNode node) {
        return (int) Math.min(FREQUENCY, (long) node.takeHits() + Marks.credit(node));
    }

    private void enter(PolicyNode node, boolean toMain) {
        Marks.set(node, toMain, 0, time.now());
        (toMain ? main : small).addLast(node);
    }

    private void move(PolicyNode node, boolean toMain, int credit, int since) {
        queue(node).remove(node);
        Marks.set(node, toMain, credit, since);
        (toMain ? main : small).addLast(node);
    }

    private PolicyNode leave(PolicyNode node) {
        boolean wasMain = Marks.isMain(node);
        queue(node).remove(node);
        if (!wasMain || regime.entrance == Regime.Entrance.IF_IDLE_LONGER) {
            ghosts.put(node.hash(), Marks.time(node));
        }
        return node;
    }

    private NodeQueue queue(PolicyNode node) {
        return Marks.isMain(node) ? main : small;
    }

    private long weight() {
        return small.weight() + main.weight();
    }

    /// Learns from being asked to evict how much there is room for.
    private void noteBound() {
        long held = Math.max(1, weight() - newest);
        if (newest > 0) {
            newest = 0;
            if (held != bound) {
                bound = held;
                measure();
            }
        }
        ghosts.reserve(small.size() + (long) main.size());
    }

    private void measure() {
        long room = room();
        time.room(room);
        double average = bound / (double) room;
        long share = Math.round(bound * regime.smallShare);
        smallTarget = Math.min(bound, Math.max((long) Math.ceil(average), share));
        mainTarget = bound - smallTarget;
    }
}
