package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// W-TinyLFU (Einziger, Friedman and Manes, 2017): new entries pass through a window, a hundredth
/// of the room at first, and then stay only if they were seen more often lately than the entry that
/// would have to go for them.
///
/// Hits are known by counters, so window and segments are queues with a second chance instead of
/// exact LRU lists, and the sketch hears of hits when a node is looked at. As there is no hit ratio
/// to climb by, the window follows the misses.
@SuppressWarnings("ReferenceEquality") // an entry is equal to itself only
final class TinyLfuOrder implements EvictionOrder {

    /*
     * Every entry is in the queue that its mark names. The window and the protected segment are
     * kept within their shares whenever an entry is to go; probation takes what they give up, at
     * its end, and goes from its beginning. The candidate is the entry that came to probation last.
     *
     * Who comes back soon after it was refused would have been a hit in a slightly larger window;
     * who comes back soon after it was ousted from probation, in a slightly larger rest. Both
     * histories are a twentieth of the entries, so they see what a little more room would bring,
     * and not what it would take to hold a loop. The window shrinks faster than it grows, since
     * there are many refusals for each that is ousted.
     */

    private static final short WINDOW = 0;
    private static final short PROBATION = 1;
    private static final short PROTECTED = 2;

    private static final int LEAST_WINDOW = 100;
    private static final double MOST_WINDOW = 0.8;
    private static final int GROWTH = 500;
    private static final int SHRINKAGE = 250;
    private static final int HISTORY = 20;
    private static final double PROTECTED_SHARE = 0.8;
    // who floods the sketch to keep others out has to be wrong now and then
    private static final int SUSPICIOUS = 6;
    private static final int LUCKY_MASK = 127;

    private final NodeQueue window = new NodeQueue();
    private final NodeQueue probation = new NodeQueue();
    private final NodeQueue kept = new NodeQueue();
    private final FrequencySketch sketch = new FrequencySketch();
    private final GhostHistory refused = new GhostHistory();
    private final GhostHistory ousted = new GhostHistory();
    private long room;
    private long windowTarget;
    private long keptTarget;
    private int random = 0x2545F491;

    TinyLfuOrder(long capacity) {
        resized(capacity);
    }

    @Override
    public void resized(long capacity) {
        room = capacity;
        window(0);
    }

    private void window(long target) {
        long least = Math.max(1, room / LEAST_WINDOW);
        windowTarget = Math.clamp(target, least, Math.max(least, (long) (room * MOST_WINDOW)));
        keptTarget = (long) ((room - windowTarget) * PROTECTED_SHARE);
    }

    @Override
    public void added(PolicyNode node) {
        sketch.ensure(entries() + 1);
        sketch.add(node.hash(), 1);
        if (refused.remove(node.hash())) {
            window(windowTarget + Math.max(1, room / GROWTH));
        } else if (ousted.remove(node.hash())) {
            window(windowTarget - Math.max(1, room / SHRINKAGE));
        }
        enter(node, WINDOW);
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
    public long rank(PolicyNode node) {
        return sketch.frequency(node.hash()) + (long) node.hits();
    }

    @Override
    public @Nullable PolicyNode evict() {
        PolicyNode candidate = candidate();
        PolicyNode victim = victim();
        if (victim == null) {
            return taken(kept.isEmpty() ? window : kept);
        }
        if (candidate != null
                && candidate != victim
                && candidate.mark() == PROBATION
                && !admits(candidate, victim)) {
            return gone(candidate, refused);
        }
        return gone(victim, ousted);
    }

    private PolicyNode gone(PolicyNode node, GhostHistory history) {
        probation.remove(node);
        history.add(node.hash(), (int) Math.max(1, entries() / HISTORY));
        return node;
    }

    private long entries() {
        return (long) window.size() + probation.size() + kept.size();
    }

    /// Returns how much of the room is for the window.
    long window() {
        return windowTarget;
    }

    private static @Nullable PolicyNode taken(NodeQueue queue) {
        return queue.isEmpty() ? null : queue.removeFirst();
    }

    /// Lets the window give up what is over its share.
    ///
    /// @return the entry that left it last, or null if none had to
    private @Nullable PolicyNode candidate() {
        PolicyNode candidate = null;
        int patience = LateOrder.PATIENCE;
        while (window.weight() > windowTarget) {
            PolicyNode node = window.first();
            if (node == null) {
                break;
            }
            if (patience-- > 0 && seen(node) > 0) {
                window.moveLast(node);
            } else {
                move(node, PROBATION);
                candidate = node;
            }
        }
        return candidate;
    }

    /// Returns the first entry on probation that was not hit there; those that were are protected
    /// from now on, for which others give up their place.
    private @Nullable PolicyNode victim() {
        int patience = LateOrder.PATIENCE;
        PolicyNode node = probation.first();
        while (node != null && patience > 0 && seen(node) > 0) {
            move(node, PROTECTED);
            patience--;
            while (kept.weight() > keptTarget) {
                PolicyNode oldest = kept.first();
                if (oldest == null) {
                    break;
                }
                if (patience-- > 0 && seen(oldest) > 0) {
                    kept.moveLast(oldest);
                } else {
                    move(oldest, PROBATION);
                }
            }
            node = probation.first();
        }
        return node;
    }

    private boolean admits(PolicyNode candidate, PolicyNode victim) {
        int frequency = sketch.frequency(candidate.hash());
        if (frequency > sketch.frequency(victim.hash())) {
            return true;
        }
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        return frequency >= SUSPICIOUS && (random & LUCKY_MASK) == 0;
    }

    /// Tells the sketch of the hits of an entry, and how many they were.
    private int seen(PolicyNode node) {
        int hits = node.takeHits();
        sketch.add(node.hash(), hits);
        return hits;
    }

    private void move(PolicyNode node, short queue) {
        queue(node).remove(node);
        enter(node, queue);
    }

    private void enter(PolicyNode node, short queue) {
        node.mark(queue);
        queue(node).addLast(node);
    }

    private NodeQueue queue(PolicyNode node) {
        return switch (node.mark()) {
            case WINDOW -> window;
            case PROBATION -> probation;
            default -> kept;
        };
    }
}
