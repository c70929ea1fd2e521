package io.patinox.memory.cache.internal;

import org.jspecify.annotations.Nullable;

/// An entry that ends at a time.
class TimedEntry<K, V> extends Entry<K, V> implements Timed {

    // set before the value it belongs to, so that a reader never sees a new value as expired
    long deadline;
    private @Nullable Timed timerBefore;
    private @Nullable Timed timerAfter;

    TimedEntry(K key, int hash, V value, long deadline) {
        super(key, hash, value);
        this.deadline = deadline;
    }

    @Override
    final long deadline() {
        return deadline;
    }

    @Override
    public long deadlineNanos() {
        return deadline;
    }

    @Override
    public final @Nullable Timed timerBefore() {
        return timerBefore;
    }

    @Override
    public final void timerBefore(@Nullable Timed before) {
        timerBefore = before;
    }

    @Override
    public final @Nullable Timed timerAfter() {
        return timerAfter;
    }

    @Override
    public final void timerAfter(@Nullable Timed after) {
        timerAfter = after;
    }
}
