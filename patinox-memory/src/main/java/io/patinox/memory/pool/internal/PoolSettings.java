package io.patinox.memory.pool.internal;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.pool.NestedAcquire;
import io.patinox.memory.pool.PoolTracer;
import io.patinox.memory.pool.PoolTuning;
import io.patinox.memory.pool.Reuse;
import io.patinox.memory.pool.Striping;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The options of a pool after they were checked; the builder documents each.
public record PoolSettings(
        String name,
        int siteSampling,
        Engine engine,
        Duration closeTimeout,
        Borrow borrow,
        Create create,
        Live live,
        Monitor monitor,
        Ticker ticker,
        @Nullable ResourceRegistry registry) {

    /// From when on the padding is too much memory for what it brings.
    private static final int STRIPED_MAX = 10_000;

    /// What shares out the slots.
    public record Engine(Striping striping, int maxSize, int maxOvertaking) {
        FifoEngine make(Custodian custodian, SlotWord[] words, Reuse reuse) {
            FreeSlots slots = isStriped() ? new GatedSlots(words) : new ControlWords(words.length);
            if (reuse == Reuse.ROTATE) {
                slots = new RotatingSlots(slots, words);
            }
            return new FifoEngine(slots, custodian, maxOvertaking);
        }

        private boolean isStriped() {
            return switch (striping) {
                case PACKED -> false;
                case STRIPED -> true;
                case AUTOMATIC ->
                        maxSize > 1
                                && maxSize <= STRIPED_MAX
                                && Runtime.getRuntime().availableProcessors() > 1;
            };
        }
    }

    /// How objects are asked for.
    ///
    /// @param maxWaiting how many borrowers may wait for what others hold
    /// @param nestedAcquire what becomes of a borrower that waits although it holds a lease
    /// @param reuse which idle object is lent next
    /// @param tracer who is told of every lease, of the type of the pool's objects
    public record Borrow(
            int maxWaiting,
            NestedAcquire nestedAcquire,
            Reuse reuse,
            @Nullable PoolTracer<?> tracer) {}

    /// How objects are made.
    ///
    /// @param concurrency how many at a time
    /// @param initialSize how many at the start
    /// @param startTimeout how long the start may take, or zero to have it in the background
    /// @param failFastAfter after how many failures in a row who waits is refused, or 0 for never
    /// @param firstPause the longest pause after the first failure
    /// @param longestPause the longest pause at all
    public record Create(
            int concurrency,
            int initialSize,
            Duration startTimeout,
            int failFastAfter,
            Duration firstPause,
            Duration longestPause) {}

    /// What can be changed while the pool runs; [Limits] has what holds now.
    ///
    /// @param tuning what it begins with
    public record Live(PoolTuning tuning) {}

    /// {@return the same for a pool of another size that is one among many, and so without much to
    /// itself}
    PoolSettings amongMany(int most, int least) {
        Striping kind =
                engine.striping() == Striping.AUTOMATIC ? Striping.PACKED : engine.striping();
        return new PoolSettings(
                name,
                siteSampling,
                new Engine(kind, most, engine.maxOvertaking()),
                closeTimeout,
                borrow,
                create,
                new Live(live.tuning().withSizes(least, most)),
                monitor,
                ticker,
                registry);
    }

    /// {@return a duration in nanoseconds, at most about 292 years}
    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0
                ? duration.toNanos()
                : Long.MAX_VALUE;
    }
}
