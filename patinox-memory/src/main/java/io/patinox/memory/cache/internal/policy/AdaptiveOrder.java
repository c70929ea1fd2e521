package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// A [SegmentOrder] whose regime is the one that wins the [RegimeContest].
final class AdaptiveOrder implements EvictionOrder {

    /*
     * The sample is the keys whose mixed hash is below a limit, so a key is in it with all of its
     * uses or with none: its misses are the calls of `added`, its hits those of `hit`, since
     * `samples` asks for them. The limit makes the sample's share of the keys that of the mini
     * caches of the room. When the room turns out to be less than half, or more than twice, what
     * the limit was made for (weights are learnt by and by), there is a new limit. What is in the
     * mini caches then belongs to another sample; it leaves them soon, as every other key does.
     *
     * The contest costs a use some hundred nanoseconds. In a shard of ten thousand entries one hit
     * of a hundred pays that. In one of a few hundred it is one of three, and in a tiny one each:
     * there a policy has few entries to learn from, and a wrong choice costs most.
     */

    /// How many keys a mini cache holds.
    static final int MINI = 96;

    private static final int HASH_BITS = 24;

    private final SegmentOrder order;
    private RegimeContest contest;
    private long sampledRoom;
    private int limit;
    private long arrivals;
    private long due = 1;

    AdaptiveOrder(long capacity) {
        this.order = new SegmentOrder(capacity, Regime.STEADY);
        this.sampledRoom = order.room();
        this.contest = contest(sampledRoom);
        this.limit = limit(sampledRoom);
    }

    /// {@return the regime at present}
    Regime regime() {
        return order.regime();
    }

    @Override
    public boolean samples(int hash) {
        return ((hash * 0x85EB_CA6B) >>> (Integer.SIZE - HASH_BITS)) < limit;
    }

    @Override
    public void added(PolicyNode node) {
        order.added(node);
        use(node.hash());
        arrivals++;
        if (arrivals >= due) {
            arrivals = 0;
            due = Math.min(2 * due, sampledRoom);
            fitSample();
        }
    }

    @Override
    public void hit(PolicyNode node) {
        use(node.hash());
    }

    @Override
    public void updated(PolicyNode node, long oldWeight) {
        order.updated(node, oldWeight);
    }

    @Override
    public void removed(PolicyNode node) {
        order.removed(node);
    }

    @Override
    public @Nullable PolicyNode evict() {
        return order.evict();
    }

    @Override
    public void resized(long capacity) {
        order.resized(capacity);
        fitSample();
    }

    @Override
    public long rank(PolicyNode node) {
        return order.rank(node);
    }

    private void use(int hash) {
        if (samples(hash)) {
            Regime winner = contest.use(hash);
            if (winner != null) {
                order.regime(winner);
            }
        }
    }

    /// Makes the sample fit for the room there is, if it does not any more.
    private void fitSample() {
        long room = order.room();
        if (room > 2 * sampledRoom || room < sampledRoom / 2) {
            sampledRoom = room;
            limit = limit(room);
            if (mini(room) != contest.capacity()) {
                contest = contest(room);
                order.regime(contest.holder());
            }
        }
    }

    private static int mini(long room) {
        return (int) Math.max(1, Math.min(MINI, room));
    }

    private static int limit(long room) {
        return (int) Math.ceil((1 << HASH_BITS) * (mini(room) / (double) room));
    }

    private static RegimeContest contest(long room) {
        return new RegimeContest(mini(room));
    }
}
