package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.NodeQueue;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// The [ghosts][StackGhost] in the stack of a [LirsOrder], one a hash, and which of them belong to
/// evicted entries, oldest first. Not thread-safe.
final class StackGhosts {

    private static final int LEAST = 16;

    private final NodeQueue stack;
    private @Nullable StackGhost[] table = new StackGhost[LEAST];
    private int size;
    private @Nullable StackGhost oldest;
    private @Nullable StackGhost newest;
    private int evicted;

    StackGhosts(NodeQueue stack) {
        this.stack = stack;
    }

    /// Returns how many ghosts of evicted entries there are.
    int evicted() {
        return evicted;
    }

    /// Returns the ghost of a hash, or null if it is not in the stack.
    @Nullable StackGhost find(int hash) {
        StackGhost ghost = table[index(hash)];
        while (ghost != null && ghost.hash() != hash) {
            ghost = ghost.next;
        }
        return ghost;
    }

    /// Puts the ghost of a hash on top of the stack.
    void push(int hash) {
        StackGhost ghost = find(hash);
        if (ghost != null) {
            settle(ghost);
            stack.moveLast(ghost);
            return;
        }
        if (size == table.length) {
            grow();
        }
        ghost = new StackGhost(hash);
        int index = index(hash);
        ghost.next = table[index];
        table[index] = ghost;
        size++;
        stack.addLast(ghost);
    }

    /// Takes a ghost out of the stack.
    void forget(StackGhost ghost) {
        settle(ghost);
        stack.remove(ghost);
        int index = index(ghost.hash());
        StackGhost former = table[index];
        if (former == ghost) {
            table[index] = ghost.next;
        } else {
            while (former != null && former.next != ghost) {
                former = former.next;
            }
            if (former != null) {
                former.next = ghost.next;
            }
        }
        size--;
    }

    /// Notes that the entry of a hash was evicted, and forgets the oldest of such beyond a limit.
    void evicted(int hash, long limit) {
        StackGhost ghost = find(hash);
        if (ghost == null) {
            return;
        }
        settle(ghost);
        ghost.evicted = true;
        ghost.older = newest;
        if (newest == null) {
            oldest = ghost;
        } else {
            newest.newer = ghost;
        }
        newest = ghost;
        evicted++;
        while (oldest != null && evicted > limit) {
            forget(oldest);
        }
    }

    /// Takes out the ghosts at the bottom of the stack: nobody below is left to compare them with.
    void prune() {
        PolicyNode bottom = stack.first();
        while (bottom instanceof StackGhost ghost) {
            forget(ghost);
            bottom = stack.first();
        }
    }

    private void settle(StackGhost ghost) {
        if (!ghost.evicted) {
            return;
        }
        StackGhost older = ghost.older;
        StackGhost newer = ghost.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        ghost.older = null;
        ghost.newer = null;
        ghost.evicted = false;
        evicted--;
    }

    private int index(int hash) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & (table.length - 1);
    }

    private void grow() {
        @Nullable StackGhost[] old = table;
        table = new StackGhost[old.length * 2];
        for (StackGhost first : old) {
            StackGhost ghost = first;
            while (ghost != null) {
                StackGhost next = ghost.next;
                int index = index(ghost.hash());
                ghost.next = table[index];
                table[index] = ghost;
                ghost = next;
            }
        }
    }
}
