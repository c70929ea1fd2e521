package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.PolicyNode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A key and its value, the node of its bin, and the node of its policy, all in one object.
///
/// `value` is null while the entry is not settled: it has left the cache, or a function is at work
/// on it. Whoever finds null must look again under the lock of the shard.
class Entry<K, V> implements PolicyNode {

    static final VarHandle VALUE;
    static final VarHandle NEXT;

    // the sign of `hits`: hits of this entry are reported one by one
    private static final int SAMPLED = Integer.MIN_VALUE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            VALUE = lookup.findVarHandle(Entry.class, "value", Object.class);
            NEXT = lookup.findVarHandle(Entry.class, "next", Entry.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final K key;
    final int hash;
    volatile @Nullable V value;
    volatile @Nullable Entry<K, V> next;

    // counted by readers without synchronisation, and never set back: what the policy has seen of
    // it
    // stands in `seen`, modulo 2^16
    int hits;
    private short seen;
    private short mark;
    private @Nullable PolicyNode before;
    private @Nullable PolicyNode after;

    Entry(K key, int hash, @Nullable V value) {
        this.key = key;
        this.hash = hash;
        VALUE.set(this, value);
    }

    @SuppressWarnings("unchecked") // the field is only ever given a V
    final @Nullable V settledValue() {
        return (V) VALUE.getAcquire(this);
    }

    /// Sets the value of an entry that is being written under the lock.
    final void settle(V fresh) {
        VALUE.setRelease(this, fresh);
    }

    /// Takes the value away, so that no update without the lock can succeed any more.
    @SuppressWarnings("unchecked") // the field is only ever given a V
    final @Nullable V unsettle() {
        return (V) VALUE.getAndSet(this, null);
    }

    /// Takes the value away if it is still that one.
    final boolean unsettle(V old) {
        return VALUE.compareAndSet(this, old, null);
    }

    final boolean replace(V old, V fresh) {
        return VALUE.compareAndSet(this, old, fresh);
    }

    final void link(@Nullable Entry<K, V> successor) {
        NEXT.setRelease(this, successor);
    }

    final void sample() {
        hits |= SAMPLED;
    }

    /// Has hits of the entry be only counted again.
    final void mute() {
        hits &= ~SAMPLED;
    }

    /// Counts a hit of an entry whose hits are negative: it is sampled, or was hit 2^31 times,
    /// which is the same from then on.
    final void countSampled() {
        hits = (hits + 1) | SAMPLED;
    }

    /// Has the policy see one use more, though it was no hit.
    final void touch() {
        seen--;
    }

    final int allHits() {
        return hits & ~SAMPLED;
    }

    @Override
    public final int hash() {
        return hash;
    }

    @Override
    public final int hits() {
        return (hits - seen) & 0xFFFF;
    }

    @Override
    public final int takeHits() {
        int now = hits;
        int fresh = (now - seen) & 0xFFFF;
        seen = (short) now;
        return fresh;
    }

    @Override
    public long weight() {
        return 1;
    }

    @Override
    public final short mark() {
        return mark;
    }

    @Override
    public final void mark(short mark) {
        this.mark = mark;
    }

    @Override
    public final @Nullable PolicyNode before() {
        return before;
    }

    @Override
    public final void before(@Nullable PolicyNode before) {
        this.before = before;
    }

    @Override
    public final @Nullable PolicyNode after() {
        return after;
    }

    @Override
    public final void after(@Nullable PolicyNode after) {
        this.after = after;
    }

    // what more entries have is asked for in any of them, so that nobody needs to know which it is

    /// {@return at which time of the cache's clock the entry ends}
    long deadline() {
        return Long.MAX_VALUE;
    }

    /// {@return what it takes against the bound in bytes}
    long bytes() {
        return 0;
    }
}
