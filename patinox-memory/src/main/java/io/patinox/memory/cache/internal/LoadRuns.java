package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheLoader;
import io.patinox.memory.error.CacheClosedException;
import io.patinox.memory.error.CacheInterruptedException;
import io.patinox.memory.error.CacheLoadTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Says where loads run, and how many at once: on whoever asks, unless they must be ended when
/// their time is over or are gathered; else on the executor.
@SuppressWarnings("ReferenceEquality") // the loader of the cache is that very one
final class LoadRuns<K, V> {

    final Permits permits;
    final Executor executor;
    final long timeoutNanos;
    private final Loads<K, V> cache;
    private final LoadSettings<K, V> settings;
    private final @Nullable Coalescer<K, V> coalescer;
    private final Set<LoadRun<K, V>> running = ConcurrentHashMap.newKeySet();

    LoadRuns(Loads<K, V> cache) {
        this.cache = cache;
        this.settings = cache.loading;
        this.permits = new Permits(settings.maxConcurrentLoads());
        this.timeoutNanos = Lifetimes.nanos(settings.loadTimeout());
        Executor given = cache.settings.executor();
        String name = "patinox-cache-load-" + cache.settings.name();
        this.executor = given != null ? given : task -> Thread.ofVirtual().name(name).start(task);
        this.coalescer =
                settings.coalesceWindow().isZero()
                        ? null
                        : new Coalescer<>(
                                settings.alarms(),
                                Lifetimes.nanos(settings.coalesceWindow()),
                                settings.coalesceBatch(),
                                this::departTogether);
    }

    /// {@return whether a load that a caller waits for runs on another thread than his}
    boolean apart(CacheLoader<K, V> loader) {
        return timeoutNanos > 0 || (coalescer != null && loader == settings.loader());
    }

    /// Starts a load on the executor, alone or together with others.
    void depart(Flight<K, V> flight, CacheLoader<K, V> loader) {
        if (coalescer != null && loader == settings.loader()) {
            coalescer.add(flight);
        } else {
            start(List.of(flight), Loads.single(loader));
        }
    }

    /// Starts loads on the executor, in batches of the size that the loader wants.
    void departTogether(List<Flight<K, V>> flights) {
        for (List<Flight<K, V>> batch : batches(flights)) {
            start(batch, Bulk.loadAll(settings.loader()));
        }
    }

    List<List<Flight<K, V>>> batches(List<Flight<K, V>> flights) {
        List<List<Flight<K, V>>> batches = new ArrayList<>();
        int size = settings.maxBatchSize();
        for (int from = 0; from < flights.size(); from += size) {
            batches.add(flights.subList(from, Math.min(flights.size(), from + size)));
        }
        return batches;
    }

    void start(List<Flight<K, V>> flights, Loads.Work<K, V> work) {
        LoadRun<K, V> run = new LoadRun<>(cache, this, flights, work);
        running.add(run);
        run.start();
    }

    /// Has flights fail when the time for a load is over, if there is a limit.
    ///
    /// @return calls that off
    Runnable alarm(List<Flight<K, V>> flights, Flight.Stoppable<K, V> run) {
        if (timeoutNanos == 0) {
            return () -> {};
        }
        String name = cache.settings.name();
        return settings.alarms()
                .after(
                        timeoutNanos,
                        () -> {
                            for (Flight<K, V> flight : flights) {
                                cache.fail(
                                        flight,
                                        new CacheLoadTimeoutException(
                                                name, flight.key, settings.loadTimeout()));
                                run.drop(flight);
                            }
                        });
    }

    void ended(LoadRun<K, V> run) {
        running.remove(run);
    }

    /// Wishes for a permit for flights.
    void enter(Permits.Wish wish, List<Flight<K, V>> flights) {
        flights.forEach(flight -> flight.wish = wish);
        permits.enter(wish);
        for (Flight<K, V> flight : flights) {
            if (flight.urgent) {
                permits.promote(wish);
            }
        }
    }

    /// Notes that the calling thread is about to wait for a flight. If it runs a load itself, that
    /// flight needs no permit.
    void urge(Flight<K, V> flight) {
        if (permits.holding()) {
            flight.urgent = true;
            permits.promote(flight.wish);
        }
    }

    /// Runs loads on the caller, one batch after the other under one permit.
    void here(List<List<Flight<K, V>>> batches, Loads.Work<K, V> work) {
        if (!permits.needed()) {
            batches.forEach(batch -> cache.perform(batch, work));
            return;
        }
        List<Flight<K, V>> all = batches.stream().flatMap(List::stream).toList();
        CountDownLatch granted = new CountDownLatch(1);
        Permits.Wish wish = new Permits.Wish(granted::countDown);
        enter(wish, all);
        try {
            permits.await(wish, granted);
        } catch (InterruptedException e) {
            all.forEach(cache::abandon);
            Thread.currentThread().interrupt();
            throw new CacheInterruptedException(
                    cache.settings.name(), "a wait for one of the concurrent loads", e);
        }
        try {
            batches.forEach(batch -> cache.perform(batch, work));
        } finally {
            permits.leave(wish);
        }
    }

    /// Fails what is under way, when the cache is closed, and tells it to stop.
    void close() {
        List<Flight<K, V>> ended = new ArrayList<>();
        for (Shard<K, V> shard : cache.shards) {
            shard.lock();
            try {
                for (Flight<K, V> flight : shard.flights()) {
                    if (flight.kind == Flight.Kind.LOAD && !flight.over) {
                        flight.over = true;
                        ended.add(flight);
                    }
                }
            } finally {
                shard.unlock();
            }
        }
        cache.refreshes.close(ended);
        ended.forEach(f -> f.fail(new CacheClosedException(cache.settings.name())));
        running.forEach(LoadRun::stop);
        for (Flight<K, V> flight : ended) {
            Flight.Stoppable<K, V> run = flight.run;
            if (run != null) {
                run.drop(flight);
            }
        }
    }

    /// Waits until everything that was told to stop has stopped, or the time is over. A load that
    /// closes the cache does not wait for itself.
    ///
    /// @param deadline by the system's clock
    void awaitEnd(long deadline) {
        for (LoadRun<K, V> run : running) {
            if (!run.awaitEnd(deadline - System.nanoTime())) {
                return;
            }
        }
    }
}
