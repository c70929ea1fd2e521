package io.patinox.memory.pool.internal;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.KeyLoad;
import io.patinox.memory.pool.KeyedConnectionManager;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.PoolCloseReport;
import io.patinox.memory.pool.PoolEviction;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.resource.CheckedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The keyed pool: a pool for each key, and a total limit that they share.
public final class KeyedObjectPool<K, C> implements KeyedPool<K, C>, Kept {
    /*
     * acquire(key): one look into the directory, and then the acquire of the key's own pool, which
     * is all the order there is within a key. What keys have to do with each other is in
     * TotalLimit.
     *
     * A key is forgotten only when it has no object that is lent and nobody waits there, and from
     * that moment its engine is closed. So whoever found the key just before is refused before it
     * is queued; it sees that the key was forgotten, and looks the key up again. Nobody who was
     * queued is ever sent away, so the order within a key holds across its being forgotten.
     */
    private static final int SHOWN_MAX = 10_000;

    private final KeyedConnectionManager<K, C> manager;
    private final boolean recycles;
    private final KeyedSettings<K> settings;
    private final Commons commons;
    private final TotalLimit limit;
    private final KeyDirectory<K, C> directory = new KeyDirectory<>();
    private final Closing closing;
    private final KeyedFigures<K, C> figures = new KeyedFigures<>(directory);

    /// Makes a pool with checked options.
    ///
    /// @param manager creates, validates, recycles and destroys the objects
    /// @param settings the options
    public KeyedObjectPool(KeyedConnectionManager<K, C> manager, KeyedSettings<K> settings) {
        this.manager = manager;
        this.settings = settings;
        recycles = KeyBinding.recycles(manager);
        commons = Commons.of(this, new CoarseClock(settings.each().ticker()), settings.each());
        limit =
                new TotalLimit(
                        settings.maxTotal(),
                        settings.createConcurrencyTotal(),
                        settings.keyPasses());
        closing = new Closing(new KeyedEnd(this));
    }

    /// Registers the pool. Apart from the constructor, which must not let `this` escape.
    ///
    /// @return this pool
    public KeyedObjectPool<K, C> open() {
        commons.registry().open(this);
        commons.monitor().register(this);
        return this;
    }

    private KeyShare<K, C> share(K key) {
        int hash = Options.required("key", key).hashCode();
        KeyShare<K, C> known = directory.find(key, hash);
        return known == null ? addShare(key, hash) : known;
    }

    private KeyShare<K, C> addShare(K key, int hash) {
        if (isClosed()) {
            throw new PoolClosedException(name());
        }
        int allowed =
                Options.inRange("maxPerKey", settings.maxPerKey().applyAsInt(key), 1, 100_000);
        int most = Math.min(allowed, settings.maxTotal());
        int least = Math.min(settings.minPerKey(), most);
        KeyShare<K, C> made =
                new KeyShare<>(
                        this,
                        key,
                        hash,
                        KeyBinding.of(manager, key, recycles),
                        settings.each().amongMany(most, least));
        KeyShare<K, C> share = directory.add(made);
        if (share == made) {
            limit.join(share);
            if (isClosed()) {
                // Whoever closes may have missed it.
                KeyedEnd.stop(share);
            } else if (least > 0) {
                commons.keeper().ensureStarted();
                share.pool().population().demand(0);
            }
        }
        return share;
    }

    /// Finds the key once more for somebody who was refused by its pool.
    private KeyShare<K, C> again(KeyShare<K, C> refused, PoolClosedException e) {
        if (!refused.isForgotten() || isClosed()) {
            throw e;
        }
        directory.remove(refused);
        return share(refused.key);
    }

    private <T> T lend(K key, Function<ObjectPool<C>, T> acquire) {
        KeyShare<K, C> share = share(key);
        while (true) {
            try {
                return acquire.apply(share.pool());
            } catch (PoolClosedException e) {
                share = again(share, e);
            } catch (PoolAcquireTimeoutException e) {
                share.forgetIfEmpty();
                throw e;
            }
        }
    }

    @Override
    public PooledConnection<C> acquire(K key) {
        return lend(key, ObjectPool::acquire);
    }

    @Override
    public PooledConnection<C> acquire(K key, Duration timeout) {
        return lend(key, pool -> pool.acquire(timeout));
    }

    @Override
    public Optional<PooledConnection<C>> tryAcquire(K key) {
        Optional<PooledConnection<C>> lease = lend(key, ObjectPool::tryAcquire);
        if (lease.isEmpty()) {
            KeyShare<K, C> share = find(key);
            if (share != null && share.pool().creating() == 0) {
                if (share.pool().size() < share.pool().maxSize()) {
                    limit.makeRoomForAnybody();
                }
                share.forgetIfEmpty();
            }
        }
        return lease;
    }

    @Override
    public CompletableFuture<PooledConnection<C>> acquireAsync(K key) {
        return lendAsync(key, ObjectPool::acquireAsync);
    }

    @Override
    public CompletableFuture<PooledConnection<C>> acquireAsync(K key, Duration timeout) {
        return lendAsync(key, pool -> pool.acquireAsync(timeout));
    }

    private CompletableFuture<PooledConnection<C>> lendAsync(
            K key, Function<ObjectPool<C>, CompletableFuture<PooledConnection<C>>> acquire) {
        KeyShare<K, C> share;
        try {
            share = share(key);
        } catch (PoolClosedException e) {
            return CompletableFuture.failedFuture(e);
        }
        while (true) {
            CompletableFuture<PooledConnection<C>> future = acquire.apply(share.pool());
            // Being refused is known at once: nobody who was queued is sent away.
            if (!isRefused(future) || !share.isForgotten() || isClosed()) {
                return future;
            }
            directory.remove(share);
            share = share(key);
        }
    }

    private static boolean isRefused(CompletableFuture<?> future) {
        return future.isCompletedExceptionally()
                && !future.isCancelled()
                && future.exceptionNow() instanceof PoolClosedException;
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R use(
            K key, CheckedFunction<? super C, ? extends R, X> function) throws X {
        Options.required("function", function);
        try (PooledConnection<C> lease = acquire(key)) {
            return function.apply(lease.connection());
        }
    }

    private @Nullable KeyShare<K, C> find(K key) {
        return directory.find(key, Options.required("key", key).hashCode());
    }

    private int ofKey(K key, ToIntFunction<ObjectPool<C>> figure) {
        KeyShare<K, C> share = find(key);
        return share == null ? 0 : figure.applyAsInt(share.pool());
    }

    private int sum(ToIntFunction<ObjectPool<C>> figure) {
        return figures.sum(figure);
    }

    @Override
    public int inUse() {
        return sum(ObjectPool::inUse);
    }

    @Override
    public int inUse(K key) {
        return ofKey(key, ObjectPool::inUse);
    }

    @Override
    public int idle() {
        return sum(ObjectPool::idle);
    }

    @Override
    public int idle(K key) {
        return ofKey(key, ObjectPool::idle);
    }

    @Override
    public int waiting() {
        return sum(ObjectPool::waiting);
    }

    @Override
    public int waiting(K key) {
        return ofKey(key, ObjectPool::waiting);
    }

    @Override
    public int creating() {
        return sum(ObjectPool::creating);
    }

    @Override
    public int size() {
        return sum(ObjectPool::size);
    }

    @Override
    public int size(K key) {
        return ofKey(key, ObjectPool::size);
    }

    @Override
    public int maxTotal() {
        return settings.maxTotal();
    }

    @Override
    public Set<K> keys() {
        Set<K> keys = new LinkedHashSet<>();
        for (KeyShare<K, C> share : directory.all()) {
            keys.add(share.key);
        }
        return keys;
    }

    @Override
    public List<KeyLoad<K>> busiest(int count) {
        return figures.busiest(Options.inRange("count", count, 1, SHOWN_MAX));
    }

    @Override
    public PoolEviction softEvict(K key) {
        KeyShare<K, C> share = find(key);
        return KeyedFigures.evict(name(), share == null ? List.of() : List.of(share));
    }

    @Override
    public PoolEviction softEvictAll() {
        return KeyedFigures.evict(name(), directory.all());
    }

    @Override
    public boolean isClosed() {
        return closing.hasBegun();
    }

    @Override
    public void close() {
        closing.close(settings.each().closeTimeout());
    }

    @Override
    public PoolCloseReport close(Duration timeout) {
        return closing.close(
                Options.inRange("timeout", timeout, Duration.ZERO, ObjectPool.TIMEOUT_MAX));
    }

    @Override
    public String name() {
        return settings.each().name();
    }

    @Override
    public String component() {
        return "pool";
    }

    @Override
    public MetricsSnapshot metrics() {
        return figures.snapshot(this);
    }

    @Override
    public Health health() {
        return KeyedHealth.of(this);
    }

    @Override
    public CoarseClock clock() {
        return commons.clock();
    }

    @Override
    public long tend(long now) {
        long pause = CoarseClock.TICK_NANOS;
        for (KeyShare<K, C> share : directory.all()) {
            if (share.isActive()) {
                pause = Math.min(pause, share.pool().upkeep().tend(now));
            }
        }
        if (limit.wanted() > 0) {
            limit.seekRoom();
        }
        return pause;
    }

    @Override
    public void late(long before, long now) {
        directory.forEach(share -> share.pool().upkeep().late(before, now));
    }

    @Override
    public void sweep(long now) {
        long idleNanos = PoolSettings.nanos(settings.idleKeyTimeout());
        directory.forEach(share -> share.sweep(now, idleNanos));
    }

    @Override
    public void reportCallback(String callback, Throwable failure) {
        commons.monitor()
                .publish(new MonitorEvent.CallbackFailed(name(), Instant.now(), callback, failure));
    }

    /// A key was forgotten: nobody finds it any more.
    void forgot(KeyShare<K, C> share) {
        directory.remove(share);
        figures.forgot(share);
    }

    /// An object of some key is gone, or an attempt has ended without one.
    void objectLeft() {
        closing.objectRetired();
    }

    Commons commons() {
        return commons;
    }

    TotalLimit limit() {
        return limit;
    }

    List<KeyShare<K, C>> shares() {
        return directory.all();
    }
}
