package io.patinox.memory.pool.internal;

import io.patinox.memory.error.Options;
import io.patinox.memory.error.PoolClosedException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.LeaseBatch;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolAdvice;
import io.patinox.memory.pool.PoolCloseReport;
import io.patinox.memory.pool.PoolEviction;
import io.patinox.memory.pool.PoolTracer;
import io.patinox.memory.pool.PoolTuning;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.pool.RetireReason;
import io.patinox.memory.resource.CheckedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The pool: puts objects into the slots that the engine shares out.
public final class ObjectPool<C> implements Pool<C> {
    /*
     * acquire, when an object is idle: the engine's take (one compare-and-set), a few plain reads
     * (is the object doubtful? the coarse clock), a few plain writes to the slot, one allocation of
     * 24 bytes (the lease) or none. close of the lease: a plain store and a look at the engine's
     * gate. No clock is read and nothing shared is written.
     *
     * An object in doubt is never granted. Whoever finds one puts it back and queues; the engine
     * has it examined, and grants it when it proved fit. Only who won't wait examines it itself.
     *
     * A slot is given up only by whoever holds it, through exactly one of offer() and retire().
     * offer() gives it to the engine; if the engine is closed it turns into retire().
     */
    static final Duration TIMEOUT_MAX = Duration.ofDays(365);
    static final long SWEEP_NANOS = 500_000_000L;

    /// How many slots a pool among others begins with.
    private static final int SLOTS_AT_FIRST = 2;

    private final PoolSettings settings;
    private final CoarseClock clock;
    private final FifoEngine engine;
    private final ReentrantLock growing = new ReentrantLock();
    private final PoolMeters meters;
    private final IsolatedMonitor monitor;
    private final PoolRegistry registry;
    private final Population<C> population;
    private final Attendant<C> attendant;
    private final Keeper keeper;
    private final Advising advising;
    private final Custody<C> custody;
    private final Closing closing;
    private final Allowance allowance;

    /// Whether no other pool has anything to do with it.
    private final boolean alone;

    private final Circulation<C> circulation;
    private final Upkeep<C> upkeep;
    private final Borrowing<C> borrowing;
    private final Returns<C> returns;
    private final Batches<C> batches;
    private final @Nullable Tracing<C> tracing;
    private final Retuning<C> retuning;
    private final Generations<C> generations;
    private final Lifetimes<C> lifetimes;
    private final Keepalive<C> keepalive;
    private final IdleSweep<C> idleSweep;
    private volatile Slot<C>[] slots;

    /// Makes a pool with checked options.
    ///
    /// @param manager creates, validates, recycles and destroys the objects
    /// @param settings the options
    public ObjectPool(ConnectionManager<C> manager, PoolSettings settings) {
        this(manager, settings, null, Allowance.UNLIMITED);
    }

    /// Makes a pool that is one among others.
    ///
    /// @param shared what it has together with the others
    ObjectPool(
            ConnectionManager<C> manager,
            PoolSettings settings,
            @Nullable Commons shared,
            Allowance allowance) {
        this.settings = settings;
        this.allowance = allowance;
        alone = shared == null;
        clock = shared == null ? new CoarseClock(settings.ticker()) : shared.clock();
        upkeep = new Upkeep<>(this);
        Commons commons = shared == null ? Commons.of(upkeep, clock, settings) : shared;
        meters = commons.meters();
        monitor = commons.monitor();
        keeper = commons.keeper();
        registry = commons.registry();
        retuning = new Retuning<>(this, settings.live().tuning());
        generations = new Generations<>(this, manager);
        lifetimes = new Lifetimes<>(this);
        keepalive = new Keepalive<>(this);
        int first = alone ? maxSize() : Math.min(SLOTS_AT_FIRST, maxSize());
        slots = slotsUpTo(first, noSlots());
        population = new Population<>(this);
        attendant = new Attendant<>(this, limits());
        engine = settings.engine().make(attendant, slots, settings.borrow().reuse());
        idleSweep = new IdleSweep<>(this);
        advising = new Advising(this);
        custody = new Custody<>(this, registry);
        closing = new Closing(new PoolEnd<>(this));
        circulation = new Circulation<>(this);
        borrowing = new Borrowing<>(this);
        returns = new Returns<>(this);
        batches = new Batches<>(this);
        tracing = makeTracing(this, settings.borrow().tracer());
        returns.note(generations.current());
    }

    @SuppressWarnings("unchecked") // the builder took one for objects of this pool's type
    private static <C> @Nullable Tracing<C> makeTracing(
            ObjectPool<C> pool, @Nullable PoolTracer<?> tracer) {
        return tracer == null ? null : new Tracing<>(pool, (PoolTracer<? super C>) tracer);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type, and of no element
    private static <C> Slot<C>[] noSlots() {
        return new Slot[0];
    }

    private Slot<C>[] slotsUpTo(int count, Slot<C>[] known) {
        Slot<C>[] all = Arrays.copyOf(known, count);
        for (int i = known.length; i < count; i++) {
            all[i] = new Slot<>(this, i);
        }
        return all;
    }

    /// Makes room for more objects, while everything goes on. The slots are held, so nobody looks
    /// for anything in them; the population puts objects there.
    ///
    /// @param count how many slots there are to be; with fewer than there are nothing happens
    void growTo(int count) {
        growing.lock();
        try {
            Slot<C>[] before = slots;
            if (count > before.length) {
                Slot<C>[] grown = slotsUpTo(count, before);
                // First the engine, for whoever meets a slot may ask the engine about it.
                engine.grow(grown);
                slots = grown;
            }
        } finally {
            growing.unlock();
        }
    }

    /// Makes sure that there is a slot of that number: a pool among others begins with few.
    void ensureSlot(int index) {
        int known = slots.length;
        if (index >= known) {
            growTo(Math.min(maxSize(), Math.max(2 * known, index + 1)));
        }
    }

    /// Registers the pool and begins to fill it. Apart from the constructor, which must not let
    /// `this` escape.
    ///
    /// @return this pool
    public ObjectPool<C> open() {
        registry.open(this);
        advising.begin();
        monitor.register(this);
        new Opening<>(this).begin();
        return this;
    }

    @Override
    public PooledConnection<C> acquire() {
        int likely = engine.likely();
        // Looked up before it is taken: after the compare-and-set every read waits for it.
        Slot<C> slot = slots[likely];
        boolean taken = engine.tryTake(slot);
        if (taken && !attendant.isDoubtful(slot)) {
            return lend(slot);
        }
        return acquireOther(limits().acquireNanos(), taken ? slot : null);
    }

    @Override
    public PooledConnection<C> acquire(Duration timeout) {
        return acquireOther(checked(timeout), null);
    }

    private PooledConnection<C> acquireOther(long nanos, @Nullable Slot<C> taken) {
        Slot<C> slot = taken;
        if (slot == null) {
            int index = engine.tryTake();
            slot = index < 0 ? null : slots[index];
            if (slot != null && !attendant.isDoubtful(slot)) {
                return lend(slot);
            }
        }
        return borrowing.acquire(nanos, slot);
    }

    @Override
    public Optional<PooledConnection<C>> tryAcquire() {
        for (int index = engine.tryTake(); index >= 0; index = engine.tryTake()) {
            Slot<C> slot = slots[index];
            if (!attendant.isDoubtful(slot) || borrowing.isFit(slot)) {
                return Optional.of(lend(slot));
            }
        }
        if (isClosed()) {
            throw new PoolClosedException(name());
        }
        if (!isSuspended()) {
            population.demand(creating() == 0 ? 1 : 0);
        }
        return Optional.empty();
    }

    @Override
    public PooledConnection<C> acquireUninterruptibly() {
        int index = engine.tryTake();
        Slot<C> slot = index < 0 ? null : slots[index];
        if (slot != null && !attendant.isDoubtful(slot)) {
            return lend(slot);
        }
        return borrowing.acquireUninterruptibly(limits().acquireNanos(), slot);
    }

    @Override
    public LeaseBatch<C> acquireAll(int count) {
        return batches.acquire(count, limits().acquireNanos());
    }

    @Override
    public LeaseBatch<C> acquireAll(int count, Duration timeout) {
        return batches.acquire(count, checked(timeout));
    }

    @Override
    public CompletableFuture<LeaseBatch<C>> acquireAllAsync(int count) {
        return batches.acquireAsync(count, limits().acquireNanos());
    }

    @Override
    public CompletableFuture<LeaseBatch<C>> acquireAllAsync(int count, Duration timeout) {
        return batches.acquireAsync(count, checked(timeout));
    }

    @Override
    public boolean donate(C object) {
        return new Donations<>(this).take(object);
    }

    @Override
    public void suspend() {
        borrowing.suspend();
    }

    @Override
    public void resume() {
        borrowing.resume();
    }

    @Override
    public boolean isSuspended() {
        return engine.isSuspended();
    }

    @Override
    public CompletableFuture<PooledConnection<C>> acquireAsync() {
        return new AsyncAcquire<>(this, limits().acquireNanos()).begin();
    }

    @Override
    public CompletableFuture<PooledConnection<C>> acquireAsync(Duration timeout) {
        return new AsyncAcquire<>(this, checked(timeout)).begin();
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R use(
            CheckedFunction<? super C, ? extends R, X> function) throws X {
        Options.required("function", function);
        try (PooledConnection<C> lease = acquire()) {
            return function.apply(lease.connection());
        }
    }

    @Override
    public CompletableFuture<@Nullable Void> warmUp(int count) {
        return population.warmUp(Options.inRange("count", count, 0, maxSize()), false);
    }

    boolean isDoubtful(Slot<C> slot) {
        return attendant.isDoubtful(slot);
    }

    PooledConnection<C> lend(Slot<C> slot) {
        return lend(slot, 0);
    }

    PooledConnection<C> lend(Slot<C> slot, long waitedNanos) {
        boolean lent = false;
        try {
            if (slot.uses >= slot.nextSiteUse) {
                lifetimes.reach(slot);
            }
            Lease<C> lease = new Lease<>(slot.lend(clock.coarseNanos()));
            lent = true;
            if (tracing != null) {
                tracing.lent(slot.object, waitedNanos);
            }
            return lease;
        } finally {
            if (!lent) {
                // There was no memory for the lease; the object must not be lost over that.
                slot.leave();
                offer(slot);
            }
        }
    }

    /// Gives a held slot with a good object to whoever is next, or makes it free.
    void offer(Slot<C> slot) {
        if (!alone) {
            circulation.offerAmongOthers(slot);
        } else if (!engine.put(slot, clock)) {
            retire(slot, RetireReason.CLOSED);
        }
    }

    /// Takes the object out of a held slot for good, and has it destroyed.
    void retire(Slot<C> slot, RetireReason reason) {
        circulation.retire(slot, reason);
    }

    /// Notes that the object of a slot is no longer the pool's.
    void gone(int slot, RetireReason reason) {
        population.retired(slot, reason);
        closing.objectRetired();
    }

    /// Runs something of the user's on a thread of its own.
    void apart(String what, Runnable task) {
        try {
            Thread.ofVirtual().name("patinox-pool-" + name() + "-" + what).start(task);
        } catch (Throwable noThread) {
            task.run();
        }
    }

    private static long checked(Duration timeout) {
        return Options.inRange("timeout", timeout, Duration.ZERO, TIMEOUT_MAX).toNanos();
    }

    void reportCallback(String callback, Throwable failure) {
        publish(new MonitorEvent.CallbackFailed(name(), Instant.now(), callback, failure));
    }

    void publish(MonitorEvent event) {
        monitor.publish(event);
    }

    @Override
    public int inUse() {
        return Math.max(0, population.live() - engine.free());
    }

    @Override
    public int idle() {
        return engine.free();
    }

    @Override
    public int waiting() {
        return engine.waiting();
    }

    @Override
    public int creating() {
        return population.creating();
    }

    @Override
    public int size() {
        return population.live();
    }

    @Override
    public int maxSize() {
        return limits().maxSize();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String component() {
        return "pool";
    }

    @Override
    public MetricsSnapshot metrics() {
        return meters.snapshot(this);
    }

    @Override
    public Health health() {
        return PoolHealth.of(this);
    }

    @Override
    public PoolAdvice advice() {
        return advising.advice();
    }

    @Override
    public boolean isClosed() {
        return closing.hasBegun();
    }

    @Override
    public void close() {
        closing.close(settings.closeTimeout());
    }

    @Override
    public PoolCloseReport close(Duration timeout) {
        checked(timeout);
        return closing.close(timeout);
    }

    @Override
    public PoolTuning tuning() {
        return limits().tuning();
    }

    @Override
    public void reconfigure(PoolTuning tuning) {
        retuning.reconfigure(tuning);
    }

    @Override
    public void resize(int maxSize) {
        retuning.change(tuning -> tuning.withMaxSize(maxSize));
    }

    @Override
    public void resize(int minSize, int maxSize) {
        retuning.change(tuning -> tuning.withSizes(minSize, maxSize));
    }

    @Override
    public PoolEviction softEvictAll() {
        return generations.evict();
    }

    @Override
    public CompletableFuture<Void> switchManager(ConnectionManager<C> manager) {
        return generations.switchTo(manager);
    }

    long uses() {
        long sum = 0;
        for (Slot<C> slot : slots) {
            sum += slot.uses;
        }
        return sum;
    }

    PoolSettings settings() {
        return settings;
    }

    Limits limits() {
        return retuning.limits();
    }

    Generations<C> generations() {
        return generations;
    }

    Lifetimes<C> lifetimes() {
        return lifetimes;
    }

    Retuning<C> retuning() {
        return retuning;
    }

    Keepalive<C> keepalive() {
        return keepalive;
    }

    IdleSweep<C> idleSweep() {
        return idleSweep;
    }

    CoarseClock clock() {
        return clock;
    }

    FifoEngine engine() {
        return engine;
    }

    Slot<C> slot(int index) {
        return slots[index];
    }

    List<Slot<C>> slots() {
        return Collections.unmodifiableList(Arrays.asList(slots));
    }

    PoolMeters meters() {
        return meters;
    }

    Population<C> population() {
        return population;
    }

    Attendant<C> attendant() {
        return attendant;
    }

    Borrowing<C> borrowing() {
        return borrowing;
    }

    @Nullable Tracing<C> tracing() {
        return tracing;
    }

    Batches<C> batches() {
        return batches;
    }

    Returns<C> returns() {
        return returns;
    }

    Advising advising() {
        return advising;
    }

    Keeper keeper() {
        return keeper;
    }

    boolean isAlone() {
        return alone;
    }

    Allowance allowance() {
        return allowance;
    }

    Upkeep<C> upkeep() {
        return upkeep;
    }

    Circulation<C> circulation() {
        return circulation;
    }

    Closing closing() {
        return closing;
    }

    PoolRegistry registry() {
        return registry;
    }

    Custody<C> custody() {
        return custody;
    }

    IsolatedMonitor monitor() {
        return monitor;
    }
}
