package io.patinox.memory.cache;

import io.patinox.memory.cache.internal.BudgetPlan;
import io.patinox.memory.cache.internal.BudgetPlan.Claim;
import io.patinox.memory.cache.internal.CacheMember;
import io.patinox.memory.cache.internal.HeapPressure;
import io.patinox.memory.error.CacheClosedException;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.monitor.MonitorEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Memory that several caches share: it moves bytes to the cache where a byte earns most hits, by
/// their miss-ratio curves, and makes all of them smaller while the heap is nearly full.
///
/// {@snippet file="io/patinox/memory/examples/CacheInsightExamples.java" region="budget"}
///
/// Each member has a floor and a ceiling. Members whose curve rests on too few reads keep what they
/// have. Nothing is moved for less than one read in a hundred, and at most half of the way at once,
/// so that the shares don't swing.
///
/// When the heap is fuller after a garbage collection than the threshold, the budget is cut by a
/// quarter, again and again down to the floors; when it is less full by a tenth of the heap, a
/// tenth of the budget comes back each time the budget looks.
///
/// *Threads.* All methods may be called from any thread. A virtual thread, named after the budget,
/// looks at the members at every interval. Members are called by that thread, by who calls
/// [#rebalance()], and by who registers one.
///
/// *Lifecycle.* Members leave by closing their registration. Closing the budget leaves the members
/// as they are.
public final class MemoryBudget implements MetricsSource, AutoCloseable {

    /// What a budget is as a [MetricsSource].
    public static final String COMPONENT = "memory-budget";

    private static final long LEAST_SAMPLES = 2_000;
    private static final long LEAST_ENTRIES = 16;
    private static final double WORTH = 0.01;
    private static final double CUT = 0.75;
    private static final double BACK = 0.1;
    private static final double RELIEF = 0.1;

    /// A place in a budget. Closing it gives the bytes back and leaves the member as it is.
    public final class Registration implements AutoCloseable {

        private final BudgetMember member;
        private final long floorBytes;
        private final long ceilingBytes;

        // written in a round only
        private volatile long bytes;
        private long readsThen;
        private double reads;

        private Registration(BudgetMember member, long floorBytes, long ceilingBytes) {
            this.member = member;
            this.floorBytes = floorBytes;
            this.ceilingBytes = ceilingBytes;
        }

        /// Leaves the budget. Idempotent.
        @Override
        public void close() {
            lock.lock();
            try {
                members.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }

    private final String name;
    private final long maxBytes;
    private final double heapThreshold;
    private final IsolatedMonitor monitor;
    private final Runnable stopListening;
    // rounds follow each other; members are called in one, under this lock alone
    private final ReentrantLock round = new ReentrantLock();

    // never held while anybody is called
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicLong moves = new AtomicLong();
    private final AtomicLong cuts = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    // guarded by the lock
    private final List<Registration> members = new ArrayList<>();

    // written in a round only
    private volatile double factor = 1;

    private volatile double occupancy;
    private volatile boolean collected;
    private volatile boolean closed;

    MemoryBudget(MemoryBudgetBuilder builder) {
        this.name = builder.name;
        this.maxBytes = builder.maxBytes;
        this.heapThreshold = builder.heapThreshold;
        this.monitor = IsolatedMonitor.of(builder.monitor);
        this.stopListening = heapThreshold >= 1 ? () -> {} : HeapPressure.listen(this::collected);
        monitor.register(this);
        if (!builder.interval.isZero()) {
            Duration interval = builder.interval;
            var _ = Thread.ofVirtual().name("patinox-budget-" + name).start(() -> look(interval));
        }
    }

    /// Starts to build a budget.
    ///
    /// @param maxBytes how many bytes the members may take together, from 1
    /// @return a builder with every option at its default
    public static MemoryBudgetBuilder builder(long maxBytes) {
        return new MemoryBudgetBuilder(maxBytes);
    }

    /// Takes a member in and gives it bytes: an equal share, as far as floors and ceilings allow.
    ///
    /// @param member the member
    /// @param floorBytes how many bytes it has at least, from 1
    /// @param ceilingBytes how many it has at most, from the floor
    /// @return its place
    /// @throws InvalidOptionException if the floors together are more than the budget
    /// @throws CacheClosedException if the budget is closed
    public Registration register(BudgetMember member, long floorBytes, long ceilingBytes) {
        Options.required("member", member);
        Options.inRange("floorBytes", floorBytes, 1, maxBytes);
        Options.inRange("ceilingBytes", ceilingBytes, floorBytes, Long.MAX_VALUE);
        Registration place = new Registration(member, floorBytes, ceilingBytes);
        round.lock();
        try {
            add(place);
            balance(true);
        } finally {
            round.unlock();
        }
        return place;
    }

    /// Takes a cache in. It leaves the budget by itself when it is closed.
    ///
    /// @param cache the cache; bounded by bytes, and with a miss-ratio curve
    /// @param floorBytes how many bytes it has at least, from 1
    /// @param ceilingBytes how many it has at most, from the floor
    /// @return its place
    /// @throws InvalidOptionException if it has no bound in bytes or no curve, or the floors
    ///   together are more than the budget
    public Registration register(Cache<?, ?> cache, long floorBytes, long ceilingBytes) {
        Options.required("cache", cache);
        Options.consistent(
                cache.bounds().maxBytes() > 0,
                "maxBytes",
                0,
                "set in a cache that is to share a budget",
                "build the cache with maxBytes(...)");
        MissRatioCurve _ = cache.missRatioCurve();
        return register(new CacheMember(cache), floorBytes, ceilingBytes);
    }

    private void add(Registration place) {
        lock.lock();
        try {
            if (closed) {
                throw new CacheClosedException(name);
            }
            long left = maxBytes - floors(members);
            Options.consistent(
                    place.floorBytes <= left,
                    "floorBytes",
                    place.floorBytes,
                    "at most " + left + ", which the other floors leave",
                    "lower a floor or raise maxBytes");
            members.add(place);
        } finally {
            lock.unlock();
        }
    }

    /// Looks at the members now, and moves bytes if that is worth it. Does nothing if a member
    /// calls it while the budget is at it.
    ///
    /// @return whether any member has another number of bytes than before
    public boolean rebalance() {
        if (closed || round.isHeldByCurrentThread()) {
            return false;
        }
        round.lock();
        try {
            return balance(false);
        } finally {
            round.unlock();
        }
    }

    /// Returns what the members have.
    ///
    /// @return a share for each, in the order in which they came; unmodifiable
    public List<BudgetShare> shares() {
        return members().stream()
                .map(m ->
                        new BudgetShare(
                                m.member.name(),
                                m.bytes,
                                m.member.usedBytes(),
                                m.floorBytes,
                                m.ceilingBytes))
                .toList();
    }

    /// Returns how many bytes the members may take together now.
    ///
    /// @return the budget, or less while the heap is nearly full
    public long availableBytes() {
        return available(members());
    }

    /// Returns how many bytes the members may take together at most.
    ///
    /// @return the budget
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String component() {
        return COMPONENT;
    }

    @Override
    public MetricsSnapshot metrics() {
        return MetricsSnapshot.builder(COMPONENT, name)
                .counter("budget.rounds", rounds.get())
                .counter("budget.moves", moves.get())
                .counter("budget.cuts", cuts.get())
                .counter("budget.callback.failed", failures.get())
                .gauge("budget.max.bytes", maxBytes)
                .gauge("budget.heap.percent", Math.round(100 * occupancy))
                .build();
    }

    @Override
    public Health health() {
        if (closed) {
            return Health.down(new Health.Reason("CACHE-CLOSED", "the budget is closed"));
        }
        return occupancy <= heapThreshold
                ? Health.up()
                : Health.degraded(
                        new Health.Reason(
                                "HEAP-PRESSURE",
                                "the heap is nearly full, so the members are made smaller"));
    }

    /// Ends the thread. The members stay as they are. Idempotent.
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            members.clear();
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        stopListening.run();
        monitor.unregister(this);
        monitor.close();
    }

    /// Notes how full the heap is. Called by a thread of the JVM, so it only leaves a note.
    ///
    /// @param share of the largest possible heap, after a garbage collection
    void collected(double share) {
        occupancy = share;
        collected = true;
        if (share > heapThreshold && lock.tryLock()) {
            try {
                wake.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void look(Duration interval) {
        while (awaitNext(interval)) {
            try {
                boolean _ = rebalance();
            } catch (Throwable e) {
                // an error of a member; the others are served by the next round
                failed("member", e);
                Thread current = Thread.currentThread();
                current.getUncaughtExceptionHandler().uncaughtException(current, e);
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // a round that comes early does no harm
    private boolean awaitNext(Duration interval) {
        lock.lock();
        try {
            if (!closed) {
                boolean _ = wake.await(interval.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            // a member interrupted the thread that served it; that asks for nothing
            return !closed;
        } finally {
            lock.unlock();
        }
        return !closed;
    }

    private List<Registration> members() {
        lock.lock();
        try {
            return List.copyOf(members);
        } finally {
            lock.unlock();
        }
    }

    private static long floors(List<Registration> members) {
        return members.stream().mapToLong(m -> m.floorBytes).sum();
    }

    private long available(List<Registration> members) {
        return Math.max(floors(members), (long) (maxBytes * factor));
    }

    private boolean heedHeap() {
        double before = factor;
        if (collected && occupancy > heapThreshold) {
            factor = Math.max(0.01, factor * CUT);
            cuts.incrementAndGet();
        } else if (factor < 1 && occupancy < heapThreshold - RELIEF) {
            factor = Math.min(1, factor + BACK);
        }
        // one cut for a collection: only the next one shows whether it was enough
        collected = false;
        return factor != before;
    }

    // in a round
    private boolean balance(boolean membersChanged) {
        rounds.incrementAndGet();
        boolean forced = heedHeap() || membersChanged;
        List<Registration> present = members();
        List<Claim> claims = present.stream().map(this::claim).toList();
        long[] now = present.stream().mapToLong(m -> m.bytes).toArray();
        long[] target = BudgetPlan.allot(available(present), claims);
        if (!forced) {
            double reads = claims.stream().mapToDouble(Claim::reads).sum();
            double gain = BudgetPlan.hits(claims, target) - BudgetPlan.hits(claims, now);
            if (gain <= WORTH * reads) {
                return false;
            }
            for (int i = 0; i < target.length; i++) {
                target[i] = now[i] + (target[i] - now[i]) / 2;
            }
        }
        // who gives does so before who takes, so that all together are never above the budget
        boolean moved = give(present, target, false);
        return give(present, target, true) || moved;
    }

    private boolean give(List<Registration> present, long[] target, boolean more) {
        boolean moved = false;
        for (int i = 0; i < target.length; i++) {
            Registration place = present.get(i);
            long before = place.bytes;
            if (target[i] == before || target[i] > before != more) {
                continue;
            }
            place.bytes = target[i];
            moved = true;
            moves.incrementAndGet();
            try {
                place.member.maxBytes(target[i]);
            } catch (CacheClosedException e) {
                place.close();
            } catch (RuntimeException e) {
                failed("maxBytes", e);
            }
        }
        return moved;
    }

    private Claim claim(Registration place) {
        MissRatioCurve curve = null;
        double bytesPerEntry = 1;
        try {
            BudgetMember member = place.member;
            long reads = member.reads();
            // what was read long ago counts for less and less
            place.reads = place.reads / 2 + (reads - place.readsThen);
            place.readsThen = reads;
            long entries = member.entries();
            MissRatioCurve known = member.curve();
            if (entries >= LEAST_ENTRIES && known.samples() >= LEAST_SAMPLES) {
                bytesPerEntry = Math.max(1, (double) member.usedBytes() / entries);
                curve = known;
            }
        } catch (RuntimeException e) {
            failed("member", e);
        }
        return new Claim(
                place.floorBytes,
                place.ceilingBytes,
                place.bytes,
                bytesPerEntry,
                place.reads,
                curve);
    }

    private void failed(String callback, Throwable failure) {
        failures.incrementAndGet();
        if (monitor.enabled(EventKind.CALLBACK_FAILED)) {
            monitor.publish(
                    new MonitorEvent.CallbackFailed(name, Instant.now(), callback, failure));
        }
    }
}
