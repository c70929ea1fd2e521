package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// W-TinyLFU (Einziger, Friedman and Manes, 2017): new entries pass through a window, a hundredth
/// of the room, and then stay only if they were seen more often lately than the entry that would
/// have to go for them.
///
/// Hits are known by counters, so window and segments are queues with a second chance instead of
/// exact LRU lists, and the sketch hears of hits when a node is looked at. The window's size is
/// fixed.
@SuppressWarnings("ReferenceEquality") // an entry is equal to itself only
final class TinyLfuOrder implements EvictionOrder {

    /*
     * Every entry is in the queue that its mark names. The window and the protected segment are
     * kept within their shares whenever an entry is to go; probation takes what they give up, at
     * its end, and goes from its beginning. The candidate is the entry that came to probation last.
     */

    private static final short WINDOW = 0;
    private static final short PROBATION = 1;
    private static final short PROTECTED = 2;

    private static final int WINDOW_SHARE = 100;
    private static final double PROTECTED_SHARE = 0.8;
    // who floods the sketch to keep others out has to be wrong now and then
    private static final int SUSPICIOUS = 6;
    private static final int LUCKY_MASK = 127;

    private final NodeQueue window = new NodeQueue();
    private final NodeQueue probation = new NodeQueue();
    private final NodeQueue kept = new NodeQueue();
    private final FrequencySketch sketch = new FrequencySketch();
    private long windowTarget;
    private long keptTarget;
    private int random = 0x2545F491;

    TinyLfuOrder(long capacity) {
        resized(capacity);
    }

    @Override
    public void resized(long capacity) {
        windowTarget = Math.max(1, capacity / WINDOW_SHARE);
        keptTarget = (long) ((capacity - windowTarget) * PROTECTED_SHARE);
    }

    @Override
    public void added(PolicyNode node) {
        sketch.ensure((long) window.size() + probation.size() + kept.size() + 1);
        sketch.add(node.hash(), 1);
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
            probation.remove(candidate);
            return candidate;
        }
        probation.remove(victim);
        return victim;
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
