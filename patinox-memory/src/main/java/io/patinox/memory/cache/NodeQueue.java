package io.patinox.memory.cache;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A queue of entries for an [EvictionOrder]. It allocates nothing: entries are linked to each
/// other, so an entry can be in one queue at a time. All calls take constant time.
///
/// *Threads.* Not thread-safe; orders are called by one thread at a time.
@SuppressWarnings("ReferenceEquality") // an entry is equal to itself only
public final class NodeQueue {

    private @Nullable PolicyNode first;
    private @Nullable PolicyNode last;
    private int size;
    private long weight;

    /// Creates an empty queue.
    public NodeQueue() {}

    /// Returns how many entries are in the queue.
    ///
    /// @return from 0
    public int size() {
        return size;
    }

    /// Returns what the entries weigh together, if [#reweighed] was called for each change.
    ///
    /// @return from 0
    public long weight() {
        return weight;
    }

    /// Returns whether there is no entry.
    ///
    /// @return whether it is empty
    public boolean isEmpty() {
        return first == null;
    }

    /// Returns the first entry without removing it.
    ///
    /// @return the entry, or null
    public @Nullable PolicyNode first() {
        return first;
    }

    /// Returns the last entry without removing it.
    ///
    /// @return the entry, or null
    public @Nullable PolicyNode last() {
        return last;
    }

    /// Returns the neighbour of an entry towards the last.
    ///
    /// @param node an entry of this queue
    /// @return the neighbour, or null
    public @Nullable PolicyNode after(PolicyNode node) {
        return node.after();
    }

    /// Returns the neighbour of an entry towards the first.
    ///
    /// @param node an entry of this queue
    /// @return the neighbour, or null
    public @Nullable PolicyNode before(PolicyNode node) {
        return node.before();
    }

    /// Puts an entry before all others.
    ///
    /// @param node an entry that is in no queue
    public void addFirst(PolicyNode node) {
        PolicyNode neighbour = first;
        node.before(null);
        node.after(neighbour);
        if (neighbour == null) {
            last = node;
        } else {
            neighbour.before(node);
        }
        first = node;
        entered(node);
    }

    /// Puts an entry behind all others.
    ///
    /// @param node an entry that is in no queue
    public void addLast(PolicyNode node) {
        PolicyNode neighbour = last;
        node.after(null);
        node.before(neighbour);
        if (neighbour == null) {
            first = node;
        } else {
            neighbour.after(node);
        }
        last = node;
        entered(node);
    }

    /// Puts all entries of another queue behind those of this one, in their order. The other queue
    /// is empty afterwards.
    ///
    /// @param others another queue than this
    public void addLast(NodeQueue others) {
        PolicyNode theirs = others.first;
        if (theirs == null) {
            return;
        }
        PolicyNode neighbour = last;
        theirs.before(neighbour);
        if (neighbour == null) {
            first = theirs;
        } else {
            neighbour.after(theirs);
        }
        last = others.last;
        size += others.size;
        weight += others.weight;
        others.first = null;
        others.last = null;
        others.size = 0;
        others.weight = 0;
    }

    /// Takes an entry out.
    ///
    /// @param node an entry of this queue
    public void remove(PolicyNode node) {
        PolicyNode before = node.before();
        PolicyNode after = node.after();
        if (before == null) {
            first = after;
        } else {
            before.after(after);
        }
        if (after == null) {
            last = before;
        } else {
            after.before(before);
        }
        node.before(null);
        node.after(null);
        size--;
        weight -= node.weight();
    }

    /// Takes the first entry out.
    ///
    /// @return the entry
    /// @throws NoSuchElementException if there is none
    public PolicyNode removeFirst() {
        PolicyNode node = first;
        if (node == null) {
            throw new NoSuchElementException("the queue is empty; ask isEmpty() before");
        }
        remove(node);
        return node;
    }

    /// Moves an entry before all others.
    ///
    /// @param node an entry of this queue
    @SuppressWarnings("ReferenceEquality") // entries are the same or different ones
    public void moveFirst(PolicyNode node) {
        if (first != node) {
            remove(node);
            addFirst(node);
        }
    }

    /// Moves an entry behind all others.
    ///
    /// @param node an entry of this queue
    @SuppressWarnings("ReferenceEquality") // entries are the same or different ones
    public void moveLast(PolicyNode node) {
        if (last != node) {
            remove(node);
            addLast(node);
        }
    }

    /// Notes that an entry of this queue has another weight than when it came.
    ///
    /// @param node the entry, with its new weight
    /// @param oldWeight the weight it had
    public void reweighed(PolicyNode node, long oldWeight) {
        weight += node.weight() - oldWeight;
    }

    private void entered(PolicyNode node) {
        size++;
        weight += node.weight();
    }
}
