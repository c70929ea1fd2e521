package io.patinox.memory.cache;

import io.patinox.memory.cache.internal.Alarms;
import io.patinox.memory.cache.internal.LoadSettings;
import io.patinox.memory.error.Options;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The options of a [CacheBuilder] about how missing values are made, and made anew.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
/// @param <B> the builder
public abstract sealed class LoadingOptions<K, V, B extends LoadingOptions<K, V, B>>
        permits CacheBuilder {

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final double EARLIEST = 100;

    private Duration loadTimeout = Duration.ZERO;
    private int maxConcurrentLoads;
    private int maxBatchSize = Integer.MAX_VALUE;
    private Duration coalesceWindow = Duration.ZERO;
    private int coalesceBatch = 1;
    private Duration refreshAfterWrite = Duration.ZERO;
    private @Nullable BiFunction<? super K, ? super V, @Nullable Duration> refresh;
    private double earlyRefresh;
    private Duration staleWhileRevalidate = Duration.ZERO;
    private Duration staleIfError = Duration.ZERO;
    private boolean refreshAhead;
    private Duration cacheNulls = Duration.ZERO;
    private @Nullable Function<? super Throwable, @Nullable Duration> cacheExceptions;
    private Alarms alarms = Alarms.shared();

    LoadingOptions() {}

    abstract B self();

    /// Sets how long a load may take, the wait for its turn included. After that it is interrupted,
    /// everybody who waits for it gets a
    /// [CacheLoadTimeoutException][io.patinox.memory.error.CacheLoadTimeoutException], and what it
    /// still returns is dropped. With this option loads run on the executor, not on the caller.
    /// Default: zero, as long as it takes.
    ///
    /// @param loadTimeout from 1 millisecond to 36,500 days, or zero
    /// @return this builder
    public B loadTimeout(Duration loadTimeout) {
        this.loadTimeout = duration("loadTimeout", loadTimeout);
        return self();
    }

    /// Sets how many calls of the loader run at once, a bulk load as one. Others wait, in the order
    /// in which they came. A load that another load of the cache asks for does not wait for its
    /// turn. Default: as many as are wanted.
    ///
    /// @param maxConcurrentLoads from 1
    /// @return this builder
    public B maxConcurrentLoads(int maxConcurrentLoads) {
        this.maxConcurrentLoads =
                Options.inRange("maxConcurrentLoads", maxConcurrentLoads, 1, Integer.MAX_VALUE);
        return self();
    }

    /// Sets how many keys are given to one call of [CacheLoader#loadAll] or
    /// [CacheLoader#reloadAll]. More are given to several calls. Default: any number.
    ///
    /// @param maxBatchSize from 1
    /// @return this builder
    public B maxBatchSize(int maxBatchSize) {
        this.maxBatchSize = Options.inRange("maxBatchSize", maxBatchSize, 1, Integer.MAX_VALUE);
        return self();
    }

    /// Has single keys that are missing within a short time loaded by one call of
    /// [CacheLoader#loadAll], on the executor. The window opens with the first of them. Default:
    /// each is loaded at once, alone.
    ///
    /// @param window how long it is open, from 1 millisecond
    /// @param maxBatch how many keys close it at once, from 1
    /// @return this builder
    public B coalesce(Duration window, int maxBatch) {
        this.coalesceWindow = Options.inRange("window", window, SHORTEST, LONGEST);
        this.coalesceBatch = Options.inRange("maxBatch", maxBatch, 1, Integer.MAX_VALUE);
        return self();
    }

    /// Sets after which time the first read of a value has it made anew in the background, by
    /// [CacheLoader#reload]. The old value is served meanwhile, and stays if the reload fails; the
    /// next attempt is made later then, by a back-off from a second to a minute. A value that was
    /// made anew is dropped if the entry was written or removed meanwhile. Default: zero, never.
    ///
    /// @param refreshAfterWrite from 1 millisecond to 36,500 days, or zero
    /// @return this builder
    public B refreshAfterWrite(Duration refreshAfterWrite) {
        this.refreshAfterWrite = duration("refreshAfterWrite", refreshAfterWrite);
        return self();
    }

    /// Sets that time for each value: see [#refreshAfterWrite(Duration)]. Default: the same for
    /// all.
    ///
    /// @param refresh says after which time; null for the one that holds for all
    /// @return this builder
    public B refresh(BiFunction<? super K, ? super V, @Nullable Duration> refresh) {
        this.refresh = Options.required("refresh", refresh);
        return self();
    }

    /// Sets whether values are made anew when the time of [#refreshAfterWrite(Duration)] or
    /// [#refresh] has come although nobody reads them, so that no reader ever finds an old one.
    /// Needs one of those, and lifetimes. Default: false, the first read after that time asks for
    /// it.
    ///
    /// @param refreshAhead whether to
    /// @return this builder
    public B refreshAhead(boolean refreshAhead) {
        this.refreshAhead = refreshAhead;
        return self();
    }

    /// Has values made anew before they end, by lot: the nearer the end, the more likely, and the
    /// earlier the longer the value took to load. So one reader has it made anew in the background,
    /// and the others never find it gone. This is the method of Vattani, Chierichetti and
    /// Lowenstein (VLDB 2015). A cost that is given in [EntryOptions] counts as nanoseconds.
    /// Default: 0, not at all.
    ///
    /// @param beta 1 for the optimum of that paper, more for earlier; from 0 to 100
    /// @return this builder
    public B earlyRefresh(double beta) {
        Options.consistent(
                beta >= 0 && beta <= EARLIEST,
                "earlyRefresh",
                beta,
                "0 to 100",
                "choose one in that range");
        this.earlyRefresh = beta;
        return self();
    }

    /// Sets how long a value is still served after its time, while the first read has it made anew
    /// in the background. Needs lifetimes, by [CacheBuilder#expireAfterWrite(Duration)] or
    /// [CacheBuilder#expiry(Expiry)]. Default: zero.
    ///
    /// @param staleWhileRevalidate from 1 millisecond to 36,500 days, or zero
    /// @return this builder
    public B staleWhileRevalidate(Duration staleWhileRevalidate) {
        this.staleWhileRevalidate = duration("staleWhileRevalidate", staleWhileRevalidate);
        return self();
    }

    /// Sets how long after its time a value is still served if it can't be loaded anew. Whoever
    /// asks first has it loaded and waits; if that fails, the old value is served to everybody
    /// until the next attempt, which is put off by a back-off from a second to a minute. Needs
    /// lifetimes. Default: zero.
    ///
    /// @param staleIfError from 1 millisecond to 36,500 days, or zero; counted from the same time
    ///   as [#staleWhileRevalidate(Duration)]
    /// @return this builder
    public B staleIfError(Duration staleIfError) {
        this.staleIfError = duration("staleIfError", staleIfError);
        return self();
    }

    /// Sets how long it is remembered that a key has no value: so long a get returns null without
    /// loading. That is no entry: it counts in no size, is seen by no other method, and ends when
    /// the key is written, invalidated or refreshed. A quarter as many are remembered as the cache
    /// may hold entries, 2,500 if those aren't bounded; the oldest go. Default: zero, not at all.
    ///
    /// @param cacheNulls from 1 millisecond to 36,500 days, or zero
    /// @return this builder
    public B cacheNulls(Duration cacheNulls) {
        this.cacheNulls = duration("cacheNulls", cacheNulls);
        return self();
    }

    /// Sets how long it is remembered that a key could not be loaded: so long a get throws the same
    /// exception without loading. See [#cacheNulls(Duration)] for what that means. Default: not at
    /// all.
    ///
    /// @param cacheExceptions from 1 millisecond to 36,500 days
    /// @return this builder
    public B cacheExceptions(Duration cacheExceptions) {
        Options.inRange("cacheExceptions", cacheExceptions, SHORTEST, LONGEST);
        return cacheExceptions(thrown -> thrown instanceof Exception ? cacheExceptions : null);
    }

    /// Sets that time for each failure: see [#cacheExceptions(Duration)].
    ///
    /// @param cacheExceptions says how long, given what the loader threw; null for not at all. What
    ///   it throws is added to the failure as suppressed
    /// @return this builder
    public B cacheExceptions(Function<? super Throwable, @Nullable Duration> cacheExceptions) {
        this.cacheExceptions = Options.required("cacheExceptions", cacheExceptions);
        return self();
    }

    // for tests
    final B alarms(Alarms alarms) {
        this.alarms = alarms;
        return self();
    }

    private static Duration duration(String option, Duration value) {
        return Options.required(option, value).isZero()
                ? value
                : Options.inRange(option, value, SHORTEST, LONGEST);
    }

    /// Checks the options, and hands them on.
    ///
    /// @param loader makes the values, or null
    /// @param ends whether entries end by time
    final <K1 extends K, V1 extends V> LoadSettings<K1, V1> loads(
            @Nullable CacheLoader<K1, V1> loader, boolean ends) {
        boolean anew = refreshes() || !staleWhileRevalidate.isZero();
        Options.consistent(
                loader != null || !anew,
                refreshes() ? "refreshAfterWrite" : "staleWhileRevalidate",
                null,
                "left out in a cache that has no loader",
                "give build(...) a loader");
        Options.consistent(
                loader != null || coalesceWindow.isZero(),
                "coalesce",
                coalesceWindow,
                "left out in a cache that has no loader",
                "give build(...) a loader");
        Options.consistent(
                !refreshAhead || (ends && (!refreshAfterWrite.isZero() || refresh != null)),
                "refreshAhead",
                true,
                "used where values end and have a time to be made anew",
                "set expireAfterWrite or expiry, and refreshAfterWrite or refresh");
        boolean windows = !staleWhileRevalidate.isZero() || !staleIfError.isZero();
        Options.consistent(
                ends || (!windows && earlyRefresh == 0),
                earlyRefresh > 0
                        ? "earlyRefresh"
                        : staleIfError.isZero() ? "staleWhileRevalidate" : "staleIfError",
                null,
                "used where values end",
                "set expireAfterWrite or expiry");
        return new LoadSettings<>(
                loader,
                loadTimeout,
                maxConcurrentLoads,
                maxBatchSize,
                coalesceWindow,
                coalesceBatch,
                refreshAfterWrite,
                refresh,
                refreshAhead,
                earlyRefresh,
                staleWhileRevalidate,
                staleIfError,
                cacheNulls,
                cacheExceptions,
                alarms);
    }

    private boolean refreshes() {
        return !refreshAfterWrite.isZero() || refresh != null || earlyRefresh > 0;
    }
}
