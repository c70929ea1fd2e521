package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.CacheLoader;
import io.patinox.memory.error.CacheRecursiveException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Flights as futures: everybody gets one of his own, so that whoever cancels his or lets it time
/// out takes nothing from the others.
final class Futures<K, V> {

    private final Loads<K, V> cache;

    Futures(Loads<K, V> cache) {
        this.cache = cache;
    }

    /// Returns the value of a key that was not there a moment ago; starts to make it if nobody
    /// does.
    CompletableFuture<@Nullable V> load(K key, CacheLoader<K, V> loader) {
        Loads.Takeoff<K, V> takeoff = cache.takeOff(key, cache.hashOf(key), null);
        if (takeoff.value != null) {
            return CompletableFuture.completedFuture(takeoff.value);
        }
        Flight<K, V> flight = takeoff.flight();
        if (takeoff.mine) {
            cache.runs.depart(flight, loader);
        }
        return of(flight, loader);
    }

    /// Returns what a flight brings, for one who is counted among those who wait for it.
    CompletableFuture<@Nullable V> of(Flight<K, V> flight, CacheLoader<K, V> loader) {
        CompletableFuture<@Nullable V> own = new CompletableFuture<>();
        if (flight.owner == Thread.currentThread() && !flight.landing.isDone()) {
            own.completeExceptionally(
                    new CacheRecursiveException(
                            cache.settings.name(), List.of(flight.key, flight.key)));
        } else {
            var _ = flight.landing.whenComplete((value, thrown) -> landed(flight, loader, own));
            cache.runs.urge(flight);
        }
        if (flight.kind == Flight.Kind.LOAD) {
            var _ =
                    own.whenComplete((value, thrown) -> {
                        if (!flight.landing.isDone()) {
                            cache.leave(flight);
                        }
                    });
        }
        return own;
    }

    private void landed(
            Flight<K, V> flight, CacheLoader<K, V> loader, CompletableFuture<@Nullable V> own) {
        if (own.isDone()) {
            return;
        }
        if (flight.kind != Flight.Kind.COMPUTE && !flight.abandoned()) {
            complete(flight, own);
            return;
        }
        try {
            var _ =
                    load(flight.key, loader)
                            .whenComplete((value, thrown) -> {
                                if (thrown == null) {
                                    own.complete(value);
                                } else {
                                    own.completeExceptionally(cause(thrown));
                                }
                            });
        } catch (Throwable thrown) {
            own.completeExceptionally(thrown);
        }
    }

    private void complete(Flight<K, V> flight, CompletableFuture<@Nullable V> own) {
        try {
            own.complete(Loads.landed(flight));
        } catch (Throwable thrown) {
            own.completeExceptionally(thrown);
        }
    }

    /// Returns what a refresh brings. It goes on even if nobody waits for it.
    CompletableFuture<@Nullable V> ofRefresh(Flight<K, V> flight) {
        CompletableFuture<@Nullable V> own = new CompletableFuture<>();
        var _ = flight.landing.whenComplete((value, thrown) -> complete(flight, own));
        return own;
    }

    /// Starts a load whose value somebody else makes.
    CompletableFuture<@Nullable V> adopt(
            Flight<K, V> flight,
            CompletableFuture<? extends @Nullable V> value,
            CacheLoader<K, V> again) {
        new Adoption<>(cache, flight, value).start();
        return of(flight, again);
    }

    static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
    }

    /// A load that is somebody else's future.
    private static final class Adoption<K, V> implements Flight.Stoppable<K, V> {
        private final Loads<K, V> cache;
        private final Flight<K, V> flight;
        private final CompletableFuture<? extends @Nullable V> value;

        Adoption(
                Loads<K, V> cache,
                Flight<K, V> flight,
                CompletableFuture<? extends @Nullable V> value) {
            this.cache = cache;
            this.flight = flight;
            this.value = value;
        }

        void start() {
            flight.run = this;
            long started = cache.settings.ticker().nanos();
            Runnable alarm = cache.runs.alarm(List.of(flight), this);
            var _ =
                    value.whenComplete((made, thrown) -> {
                        alarm.run();
                        if (thrown == null) {
                            long nanos = cache.settings.ticker().nanos() - started;
                            cache.arriveOrFail(flight, made, nanos);
                        } else {
                            cache.fail(flight, cause(thrown));
                        }
                    });
        }

        @Override
        public void drop(Flight<K, V> dropped) {
            value.cancel(true);
        }
    }
}
