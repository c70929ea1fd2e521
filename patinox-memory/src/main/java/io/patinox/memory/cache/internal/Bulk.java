package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Loads several keys together, each of them once at a time.
final class Bulk<K, V> {
    /*
     * Two calls whose keys overlap can't wait for each other: each announces what nobody else is
     * loading, loads all of that, lands it, and only then waits for what others load. Nobody waits
     * for anything while a key that it has announced is in the air.
     */

    private final Loads<K, V> cache;
    private final CacheLoader<K, V> loader;

    Bulk(Loads<K, V> cache, CacheLoader<K, V> loader) {
        this.cache = cache;
        this.loader = loader;
    }

    static <K, V> Loads.Work<K, V> loadAll(@Nullable CacheLoader<K, V> loader) {
        if (loader == null) {
            throw new IllegalStateException("there is no loader");
        }
        return new Loads.Work<>() {
            @Override
            public Map<K, V> make(List<Flight<K, V>> flights) throws Exception {
                Set<K> keys = LinkedHashSet.newLinkedHashSet(flights.size());
                flights.forEach(flight -> keys.add(flight.key));
                return loader.loadAll(Collections.unmodifiableSet(keys));
            }

            @Override
            public boolean generous() {
                return true;
            }
        };
    }

    static <K, V> Loads.Work<K, V> reloadAll(CacheLoader<K, V> loader) {
        return flights -> {
            Flight<K, V> first = flights.getFirst();
            if (flights.size() == 1 && first.old != null) {
                V value = loader.reload(first.key, first.old);
                return value == null ? Map.of() : Map.of(first.key, value);
            }
            Map<K, V> old = LinkedHashMap.newLinkedHashMap(flights.size());
            for (Flight<K, V> flight : flights) {
                if (flight.old != null) {
                    old.put(flight.key, flight.old);
                }
            }
            return loader.reloadAll(Collections.unmodifiableMap(old));
        };
    }

    /// What is known of several keys at first: values, own flights, and those of others.
    private static final class Departure<K, V> {
        final Map<K, Object> known = new LinkedHashMap<>();
        final List<Flight<K, V>> mine = new ArrayList<>();
    }

    private Departure<K, V> depart(Iterable<? extends K> keys, @Nullable Thread owner) {
        Departure<K, V> departure = new Departure<>();
        try {
            for (K key : keys) {
                if (!departure.known.containsKey(key)) {
                    V value = cache.getIfPresent(key);
                    departure.known.put(
                            key, value != null ? value : departed(key, owner, departure));
                }
            }
        } catch (Throwable thrown) {
            departure.mine.forEach(cache::abandon);
            throw thrown;
        }
        return departure;
    }

    private Object departed(K key, @Nullable Thread owner, Departure<K, V> departure) {
        Loads.Takeoff<K, V> takeoff = cache.takeOff(key, cache.hashOf(key), owner);
        if (takeoff.value != null) {
            return takeoff.value;
        }
        if (takeoff.mine) {
            departure.mine.add(takeoff.flight());
        }
        return takeoff.flight();
    }

    /// Returns the values of several keys, of those that have one.
    Map<K, V> getAll(Iterable<? extends K> keys) {
        boolean apart = cache.runs.apart(loader);
        Departure<K, V> departure = depart(keys, apart ? null : Thread.currentThread());
        List<Flight<K, V>> mine = departure.mine;
        if (apart) {
            cache.runs.departTogether(mine);
        } else if (!mine.isEmpty()) {
            cache.runs.here(cache.runs.batches(mine), loadAll(loader));
        }
        Map<K, V> values = new LinkedHashMap<>();
        Throwable failure = null;
        for (Map.Entry<K, Object> known : departure.known.entrySet()) {
            try {
                V value = outcome(known.getKey(), known.getValue());
                if (value != null) {
                    values.put(known.getKey(), value);
                }
            } catch (RuntimeException | Error thrown) {
                failure = failure == null ? thrown : failure;
            }
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return Collections.unmodifiableMap(values);
    }

    @SuppressWarnings("unchecked") // what is known of a key is a flight or its value
    private @Nullable V outcome(K key, Object known) {
        if (!(known instanceof Flight<?, ?>)) {
            return (V) known;
        }
        Flight<K, V> flight = (Flight<K, V>) known;
        return cache.awaited(flight) ? Loads.landed(flight) : cache.load(key, loader);
    }

    /// As [#getAll], on the executor.
    @SuppressWarnings("unchecked") // what is known of a key is a flight or its value
    CompletableFuture<Map<K, V>> getAllAsync(Iterable<? extends K> keys, Futures<K, V> futures) {
        Departure<K, V> departure = depart(keys, null);
        cache.runs.departTogether(departure.mine);
        Map<K, CompletableFuture<@Nullable V>> pending = new LinkedHashMap<>();
        for (Map.Entry<K, Object> known : departure.known.entrySet()) {
            K key = known.getKey();
            pending.put(
                    key,
                    known.getValue() instanceof Flight<?, ?> flight
                            ? futures.of((Flight<K, V>) flight, loader)
                            : CompletableFuture.completedFuture((V) known.getValue()));
        }
        return all(pending);
    }

    /// Makes several keys anew on the executor: those that are there by `reloadAll`, the others by
    /// `loadAll`.
    CompletableFuture<Map<K, V>> refreshAll(Iterable<? extends K> keys, Futures<K, V> futures) {
        Map<K, CompletableFuture<@Nullable V>> pending = new LinkedHashMap<>();
        List<Flight<K, V>> anew = new ArrayList<>();
        List<K> absent = new ArrayList<>();
        for (K key : keys) {
            Flight<K, V> flight = cache.refreshes.takeOff(key, anew);
            if (flight == null) {
                absent.add(key);
            } else {
                pending.put(key, futures.ofRefresh(flight));
            }
        }
        for (List<Flight<K, V>> batch : cache.runs.batches(anew)) {
            cache.runs.start(batch, reloadAll(loader));
        }
        if (absent.isEmpty()) {
            return all(pending);
        }
        absent.forEach(cache.refreshes::forgetAbsence);
        return all(pending)
                .thenCombine(
                        getAllAsync(absent, futures),
                        (some, others) -> {
                            Map<K, V> both = new HashMap<>(some);
                            both.putAll(others);
                            return Collections.unmodifiableMap(both);
                        });
    }

    private static <K, V> CompletableFuture<Map<K, V>> all(
            Map<K, CompletableFuture<@Nullable V>> pending) {
        CompletableFuture<Void> every =
                CompletableFuture.allOf(pending.values().toArray(CompletableFuture[]::new));
        CompletableFuture<Map<K, V>> result = new CompletableFuture<>();
        var _ =
                every.whenComplete((nothing, thrown) -> {
                    if (thrown != null) {
                        result.completeExceptionally(Futures.cause(thrown));
                        return;
                    }
                    Map<K, V> values = new LinkedHashMap<>();
                    pending.forEach((key, future) -> {
                        V value = future.join();
                        if (value != null) {
                            values.put(key, value);
                        }
                    });
                    result.complete(Collections.unmodifiableMap(values));
                });
        var _ =
                result.whenComplete((values, thrown) -> {
                    if (result.isCancelled()) {
                        pending.values().forEach(future -> future.cancel(false));
                    }
                });
        return result;
    }
}
