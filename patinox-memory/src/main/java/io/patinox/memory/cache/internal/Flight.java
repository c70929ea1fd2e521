package io.patinox.memory.cache.internal;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A function at work on a key: nobody else may change the key until it lands. A load of a key that
/// is not there may be called off, though: then it lands for those who wait for it, not in the
/// cache.
final class Flight<K, V> {

    /// What sort of function it is.
    enum Kind {
        /// Makes the value of a key that is not there; a write may overtake it.
        LOAD,
        /// Makes a new value of what is there; writes wait for its end.
        COMPUTE,
        /// Makes the value of a key anew, beside the table: what happens to the key meanwhile makes
        /// it come too late.
        REFRESH
    }

    /// What a load that its starter gave up before it began lands with: whoever waited begins anew.
    static final class AbandonedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AbandonedException() {
            super("the load was given up before it began", null, false, false);
        }
    }

    final K key;
    final int hash;
    final Kind kind;
    // the value that readers see meanwhile
    final @Nullable V old;
    // the entry of that value, as long as it is in the cache; under the lock of the shard
    @Nullable Entry<K, V> entry;
    // a load that was called off; under the lock of the shard
    boolean calledOff;
    // a load or refresh whose end is decided, so that anything that comes later is dropped; under
    // the lock of the shard
    boolean over;
    // a refresh: which value of the entry is made anew
    int writes;
    // a load: the entry that is kept for the case that it fails
    @Nullable LoadedEntry<K, V> stale;
    // a load: how many want its value; under the lock of the shard
    int waiters;
    // a load that has ended and is remembered: until when
    long keptUntil;
    // what runs it and can be told to stop, if that isn't a caller
    volatile @Nullable Stoppable<K, V> run;
    // a load: what waits for a permit for it, and whether another load waits for it
    volatile Permits.@Nullable Wish wish;
    volatile boolean urgent;
    // who runs the function: null while it waits for its turn
    volatile @Nullable Thread owner;
    // what a load failed with, set before it lands
    volatile @Nullable Throwable failure;
    final CompletableFuture<@Nullable V> landing = new CompletableFuture<>();

    Flight(K key, int hash, Kind kind, @Nullable Entry<K, V> entry, @Nullable V old) {
        this.key = key;
        this.hash = hash;
        this.kind = kind;
        this.entry = entry;
        this.old = old;
    }

    /// Lands it with a failure, for those who wait.
    ///
    /// @param thrown unchecked
    void fail(Throwable thrown) {
        if (!landing.isDone()) {
            failure = thrown;
            landing.completeExceptionally(thrown);
        }
    }

    /// {@return whether it landed without having begun}
    boolean abandoned() {
        return landing.isCompletedExceptionally() && failure instanceof AbandonedException;
    }

    /// Is at work for one flight or several, and can be told that nobody waits for one any more.
    interface Stoppable<K, V> {

        /// Ends the work if this was the last flight it was for.
        void drop(Flight<K, V> flight);
    }
}
