package io.patinox.memory.cache.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The hash table: bins of linked entries, read without a lock, changed under the lock of the shard
/// that the low bits of the hash choose. It grows, and never shrinks.
@SuppressWarnings("ReferenceEquality") // entries and keys are the same or different ones
abstract class Bins<K, V> {
    /*
     * A bin is a chain of entries. Changes of a chain are single release stores, so that a reader
     * sees it with or without the change; a removed entry goes on pointing to the rest.
     *
     * Growing moves whole bins, a portion at a time under the lock of their shard: the chain is
     * split in two by one more bit of the hash, in the new table, and a Forward is left behind. As
     * an entry is the node of its chain, the chain is taken apart under its readers, who then may
     * come to the end of another chain. So a reader that has found nothing can't believe it unless
     * Shard.moves, which is odd while entries move, did not change meanwhile. One that has found
     * its key can.
     *
     * The table is a superclass of the cache, not a part: that saves each hit one dependent load.
     */

    static final VarHandle BIN = MethodHandles.arrayElementVarHandle(Entry[].class);

    static final int MAX_BINS = 1 << 30;

    // above that a chain is no accident; below no table is worth being grown for it
    private static final int CROWDED = 12;
    private static final int CHAIN_MAX = 64;
    private static final int PORTION = 4096;

    final Hashing hashing = new Hashing();
    final int seed = hashing.seed();
    volatile Entry<K, V>[] bins;
    final Shard<K, V>[] shards;
    private final AtomicBoolean growing = new AtomicBoolean();

    Bins(Shard<K, V>[] shards, int initialBins) {
        this.shards = shards;
        this.bins = newBins(Math.max(shards.length, initialBins));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array can't be made of a generic type
    private static <K, V> Entry<K, V>[] newBins(int atLeast) {
        int length = Integer.highestOneBit(Math.max(16, Math.min(atLeast, MAX_BINS)) - 1) << 1;
        return new Entry[length];
    }

    final Shard<K, V> shard(int hash) {
        return shards[hash & (shards.length - 1)];
    }

    @SuppressWarnings("unchecked") // the array holds nothing else
    static <K, V> @Nullable Entry<K, V> head(Entry<K, V>[] table, int index) {
        return (Entry<K, V>) BIN.getAcquire(table, index);
    }

    /// Finds an entry, settled or not, wherever it is. Needs no lock; with the lock it is exact.
    final @Nullable Entry<K, V> find(Object key, int hash) {
        Shard<K, V> shard = shard(hash);
        while (true) {
            int before = shard.moves();
            Entry<K, V> found = search(bins, key, hash);
            if (found != null || ((before & 1) == 0 && before == shard.moves())) {
                return found;
            }
            if ((before & 1) == 1 && !shard.heldByMe()) {
                shard.awaitMoved();
            } else if (shard.heldByMe()) {
                return found;
            }
        }
    }

    private static <K, V> @Nullable Entry<K, V> search(Entry<K, V>[] table, Object key, int hash) {
        Entry<K, V> entry = head(table, hash & (table.length - 1));
        if (entry instanceof Forward<K, V> forward) {
            return search(forward.to, key, hash);
        }
        if (entry instanceof Crowd<K, V> crowd) {
            Entry<K, V> member = crowd.find(key);
            if (member != null) {
                return member;
            }
        }
        while (entry != null) {
            if (entry.hash == hash && (entry.key == key || key.equals(entry.key))) {
                return entry;
            }
            entry = entry.next;
        }
        return null;
    }

    /// Adds an entry whose key is not there. Under the lock.
    ///
    /// @return an entry that must go, for there are too many of its kind
    final @Nullable Entry<K, V> add(Entry<K, V> entry) {
        Entry<K, V>[] table = tableOf(entry.hash);
        int index = entry.hash & (table.length - 1);
        Entry<K, V> head = head(table, index);
        if (head instanceof Crowd<K, V> crowd) {
            if (crowd.add(entry)) {
                return null;
            }
            entry.link(crowd.next);
            crowd.link(entry);
            return surplus(crowd.next);
        }
        entry.link(head);
        if (head != null && length(head) >= CROWDED && entry.key instanceof Comparable) {
            crowd(table, index, entry);
            return null;
        }
        BIN.setRelease(table, index, entry);
        return head == null ? null : surplus(entry);
    }

    private static <K, V> int length(@Nullable Entry<K, V> first) {
        int length = 0;
        for (Entry<K, V> e = first; e != null && length <= CHAIN_MAX; e = e.next) {
            length++;
        }
        return length;
    }

    private static <K, V> @Nullable Entry<K, V> surplus(@Nullable Entry<K, V> first) {
        if (length(first) <= CHAIN_MAX) {
            return null;
        }
        Entry<K, V> last = first;
        for (Entry<K, V> e = first; e != null; e = e.next) {
            last = e;
        }
        return last;
    }

    /// Makes a crowd of a chain. Its members are found in both until the crowd stands in the bin.
    private void crowd(Entry<K, V>[] table, int index, Entry<K, V> first) {
        Crowd<K, V> crowd = new Crowd<>(first.key.getClass(), hashing);
        List<Entry<K, V>> others = new ArrayList<>();
        for (Entry<K, V> e = first; e != null; e = e.next) {
            if (!crowd.add(e)) {
                others.add(e);
            }
        }
        // readers that are on their way through the old chain, or come too soon to the crowd, find
        // nothing, and look again
        shard(first.hash).beginMove();
        BIN.setRelease(table, index, crowd);
        for (Entry<K, V> member : crowd.members()) {
            member.link(null);
        }
        for (Entry<K, V> other : others) {
            other.link(crowd.next);
            crowd.link(other);
        }
        shard(first.hash).endMove();
    }

    /// Takes an entry out of its bin. Under the lock.
    final void unlink(Entry<K, V> entry) {
        Entry<K, V>[] table = tableOf(entry.hash);
        int index = entry.hash & (table.length - 1);
        Entry<K, V> head = head(table, index);
        if (head == entry) {
            BIN.setRelease(table, index, entry.next);
            return;
        }
        if (head instanceof Crowd<K, V> crowd && crowd.remove(entry)) {
            return;
        }
        for (Entry<K, V> e = head; e != null; e = e.next) {
            if (e.next == entry) {
                e.link(entry.next);
                return;
            }
        }
    }

    private Entry<K, V>[] tableOf(int hash) {
        Entry<K, V>[] table = bins;
        while (head(table, hash & (table.length - 1)) instanceof Forward<K, V> forward) {
            table = forward.to;
        }
        return table;
    }

    /// Doubles the table if there are more entries than bins. Not under the lock of any shard.
    final void grow(long entries) {
        Entry<K, V>[] old = bins;
        if (entries <= old.length
                || old.length == MAX_BINS
                || !growing.compareAndSet(false, true)) {
            return;
        }
        try {
            old = bins;
            if (entries > old.length && old.length < MAX_BINS) {
                Entry<K, V>[] fresh = newBins(2 * old.length);
                for (int s = 0; s < shards.length; s++) {
                    move(old, fresh, s);
                }
                bins = fresh;
            }
        } finally {
            growing.set(false);
        }
    }

    private void move(Entry<K, V>[] old, Entry<K, V>[] fresh, int s) {
        Forward<K, V> forward = new Forward<>(fresh);
        int index = s;
        while (index < old.length) {
            shards[s].lock();
            try {
                shards[s].beginMove();
                for (int n = 0; n < PORTION && index < old.length; n++, index += shards.length) {
                    moveBin(old, fresh, index);
                    BIN.setRelease(old, index, forward);
                }
                shards[s].endMove();
            } finally {
                shards[s].unlock();
            }
        }
    }

    private void moveBin(Entry<K, V>[] old, Entry<K, V>[] fresh, int index) {
        Entry<K, V> entry = head(old, index);
        Crowd<K, V> crowd = null;
        if (entry instanceof Crowd<K, V> found) {
            crowd = found;
            entry = found.next;
        }
        while (entry != null) {
            Entry<K, V> next = entry.next;
            put(fresh, entry);
            entry = next;
        }
        if (crowd != null) {
            for (Entry<K, V> member : crowd.members()) {
                put(fresh, member);
            }
        }
    }

    private void put(Entry<K, V>[] fresh, Entry<K, V> entry) {
        int index = entry.hash & (fresh.length - 1);
        Entry<K, V> head = head(fresh, index);
        if (head instanceof Crowd<K, V> crowd) {
            if (!crowd.add(entry)) {
                entry.link(crowd.next);
                crowd.link(entry);
            }
            return;
        }
        entry.link(head);
        BIN.setRelease(fresh, index, entry);
        if (entry.key instanceof Comparable && length(entry) > CROWDED) {
            crowdMoved(fresh, index, entry);
        }
    }

    /// As [#crowd], within a move.
    private void crowdMoved(Entry<K, V>[] table, int index, Entry<K, V> first) {
        Crowd<K, V> crowd = new Crowd<>(first.key.getClass(), hashing);
        Entry<K, V> entry = first;
        while (entry != null) {
            Entry<K, V> next = entry.next;
            entry.link(null);
            if (!crowd.add(entry)) {
                entry.link(crowd.next);
                crowd.link(entry);
            }
            entry = next;
        }
        BIN.setRelease(table, index, crowd);
    }

    /// Hands on every entry of the bins whose index ends like `index` in a table of `length` bins,
    /// wherever they are by now. Needs no lock.
    final void collect(int index, int length, Consumer<Entry<K, V>> to) {
        Shard<K, V> shard = shard(index);
        int before = shard.moves();
        if ((before & 1) == 0) {
            List<Entry<K, V>> found = new ArrayList<>();
            collectFrom(bins, index, length, found);
            if (before == shard.moves()) {
                found.forEach(to);
                return;
            }
        }
        List<Entry<K, V>> found = new ArrayList<>();
        shard.lock();
        try {
            collectFrom(bins, index, length, found);
        } finally {
            shard.unlock();
        }
        found.forEach(to);
    }

    /// As [#collect], under the lock of the shard.
    final void collectLocked(int index, int length, List<Entry<K, V>> found) {
        collectFrom(bins, index, length, found);
    }

    private static <K, V> void collectFrom(
            Entry<K, V>[] table, int index, int length, List<Entry<K, V>> found) {
        for (int i = index; i < table.length; i += length) {
            Entry<K, V> entry = head(table, i);
            if (entry instanceof Forward<K, V> forward) {
                collectFrom(forward.to, i, table.length, found);
                continue;
            }
            if (entry instanceof Crowd<K, V> crowd) {
                crowd.members().forEach(found::add);
                entry = crowd.next;
            }
            for (Entry<K, V> e = entry; e != null; e = e.next) {
                found.add(e);
            }
        }
    }
}
