package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// LIRS (Jiang and Zhang, SIGMETRICS 2002) with hits known by counters: keeps entries by the
/// distance between their last two uses, not by the time of the last one. That holds on to a part
/// of a loop that is larger than the cache.
final class LirsOrder implements EvictionOrder {

    /*
     * Hot entries (the paper's LIR) have 99 % of the room; the others are cold (resident HIR) and
     * wait in a queue. The stack is in order of last use, oldest at the bottom, and holds the hot
     * entries themselves, and ghosts for cold and for evicted entries: a node has room for one
     * neighbourhood only. A ghost's hash that is used again while it is in the stack was used twice
     * within a shorter time than the bottom entry was not used at all, so those two change places.
     *
     * A hot entry that was hit moves to the top when it arrives at the bottom, and only then: its
     * place in between is too low, which nobody sees. Therefore the bottom is settled before it is
     * compared with anybody. The bottom is never a ghost. Ghosts of evicted entries are bounded
     * by twice the number of entries, the oldest going first.
     */

    private static final short COLD = 0;
    private static final short HOT = 1;
    private static final int COLD_SHARE = 100;
    private static final int GHOSTS_AN_ENTRY = 2;

    private final NodeQueue stack = new NodeQueue();
    private final NodeQueue cold = new NodeQueue();
    private final StackGhosts ghosts = new StackGhosts(stack);
    private long hotTarget;
    private int hotCount;
    // how many nodes with hits this call may still look at
    private int patience;

    LirsOrder(long capacity) {
        resized(capacity);
    }

    @Override
    public void resized(long capacity) {
        hotTarget = capacity - Math.max(1, capacity / COLD_SHARE);
    }

    @Override
    public void added(PolicyNode node) {
        patience = LateOrder.PATIENCE;
        StackGhost ghost = ghosts.find(node.hash());
        if (stack.weight() + node.weight() <= hotTarget) {
            if (ghost != null) {
                ghosts.forget(ghost);
            }
            heat(node);
        } else if (ghost == null || !returnsInTime(node)) {
            node.mark(COLD);
            cold.addLast(node);
            ghosts.push(node.hash());
            ghosts.prune();
        }
    }

    @Override
    public void updated(PolicyNode node, long oldWeight) {
        (isHot(node) ? stack : cold).reweighed(node, oldWeight);
    }

    @Override
    public void removed(PolicyNode node) {
        if (isHot(node)) {
            dropHot(node);
            return;
        }
        cold.remove(node);
        StackGhost ghost = ghosts.find(node.hash());
        if (ghost != null) {
            ghosts.forget(ghost);
        }
    }

    @Override
    public long rank(PolicyNode node) {
        return isHot(node) ? Integer.MAX_VALUE + (long) node.hits() : node.hits();
    }

    @Override
    public @Nullable PolicyNode evict() {
        patience = LateOrder.PATIENCE;
        if (cold.isEmpty()) {
            PolicyNode bottom = settledBottom();
            if (bottom != null) {
                dropHot(bottom);
            }
            return bottom;
        }
        for (; patience > 0 && !cold.isEmpty(); patience--) {
            PolicyNode node = cold.removeFirst();
            if (node.takeHits() == 0) {
                return evicted(node);
            }
            if (ghosts.find(node.hash()) == null || !returnsInTime(node)) {
                cold.addLast(node);
                ghosts.push(node.hash());
                ghosts.prune();
            }
        }
        return cold.isEmpty() ? evict() : evicted(cold.removeFirst());
    }

    /// Returns how many evicted entries are remembered.
    int ghosts() {
        return ghosts.evicted();
    }

    private PolicyNode evicted(PolicyNode node) {
        ghosts.evicted(node.hash(), GHOSTS_AN_ENTRY * (hotCount + cold.size() + 1L));
        return node;
    }

    /// Makes an entry hot that is in no queue, if its ghost is still in the stack after the bottom
    /// has been settled.
    private boolean returnsInTime(PolicyNode node) {
        if (hotTarget == 0 || settledBottom() == null) {
            return false;
        }
        StackGhost ghost = ghosts.find(node.hash());
        if (ghost == null) {
            return false;
        }
        ghosts.forget(ghost);
        heat(node);
        cool();
        return true;
    }

    private void heat(PolicyNode node) {
        node.mark(HOT);
        stack.addLast(node);
        hotCount++;
    }

    private void dropHot(PolicyNode node) {
        stack.remove(node);
        hotCount--;
        ghosts.prune();
    }

    /// Makes hot entries cold until those that remain are within their room.
    private void cool() {
        while (stack.weight() > hotTarget) {
            PolicyNode bottom = settledBottom();
            if (bottom == null) {
                return;
            }
            dropHot(bottom);
            bottom.mark(COLD);
            cold.addLast(bottom);
        }
    }

    /// Returns the bottom of the stack after those that were hit have moved to its top.
    private @Nullable PolicyNode settledBottom() {
        ghosts.prune();
        PolicyNode bottom = stack.first();
        for (; bottom != null && patience > 0; patience--) {
            if (bottom.takeHits() == 0) {
                return bottom;
            }
            stack.moveLast(bottom);
            ghosts.prune();
            bottom = stack.first();
        }
        return bottom;
    }

    private static boolean isHot(PolicyNode node) {
        return node.mark() == HOT;
    }
}
