package io.patinox.memory.cache.internal;

import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How values that are missing are made, once for a key at a time.
abstract class Loads<K, V> extends Writes<K, V> {

    Loads(Parts<K, V> parts) {
        super(parts);
    }

    /// Makes the value of a key that was not there a moment ago, on the caller, or waits for
    /// whoever is making it.
    final @Nullable V load(K key, Function<? super K, ? extends @Nullable V> loader) {
        int hash = hashOf(key);
        while (true) {
            Takeoff<K, V> takeoff = takeOff(key, hash, Thread.currentThread());
            if (takeoff.value != null) {
                return takeoff.value;
            }
            Flight<K, V> flight = takeoff.flight();
            if (takeoff.mine) {
                return fly(flight, loader);
            }
            Waiting.await(settings.name(), flight);
            if (flight.kind == Flight.Kind.LOAD) {
                return landed(flight);
            }
        }
    }

    /// What there is to do about a key: nothing, as it has a value; join a flight; or start one.
    static final class Takeoff<K, V> {
        final @Nullable V value;
        private final @Nullable Flight<K, V> flight;
        final boolean mine;

        Takeoff(@Nullable V value, @Nullable Flight<K, V> flight, boolean mine) {
            this.value = value;
            this.flight = flight;
            this.mine = mine;
        }

        Flight<K, V> flight() {
            if (flight == null) {
                throw new IllegalStateException("there is a value");
            }
            return flight;
        }
    }

    /// Announces the load of a key, unless it has a value or a function is at work on it.
    ///
    /// @param owner who runs the load, null if that is not yet known
    final Takeoff<K, V> takeOff(K key, int hash, @Nullable Thread owner) {
        checkOpen();
        Shard<K, V> shard = lock(hash);
        try {
            Flight<K, V> flight = shard.flight(key);
            if (flight != null) {
                return new Takeoff<>(null, flight, false);
            }
            Entry<K, V> entry = presentOrRemoved(shard, key, hash, clock.nanos());
            if (entry != null) {
                return new Takeoff<>(entry.settledValue(), null, false);
            }
            flight = new Flight<>(key, hash, Flight.Kind.LOAD, null, null);
            flight.owner = owner;
            shard.begin(flight);
            return new Takeoff<>(null, flight, true);
        } finally {
            unlock(shard);
        }
    }

    private @Nullable V fly(
            Flight<K, V> flight, Function<? super K, ? extends @Nullable V> loader) {
        V value;
        Facts facts = null;
        try {
            value = loader.apply(flight.key);
            if (value != null) {
                facts = lifetimes.facts(flight.key, value, null, null, clock.nanos());
            }
        } catch (Throwable thrown) {
            giveUp(flight, thrown);
            throw thrown;
        }
        settle(flight, value, facts);
        flight.landing.complete(value);
        return value;
    }

    /// {@return what a flight that has landed brought, or what it failed with}
    private static <K, V> @Nullable V landed(Flight<K, V> flight) {
        try {
            return flight.landing.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
