package io.patinox.memory.monitor;

import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.internal.NoopMonitor;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Stands between a component and the monitor it was given, so that nothing the monitor does can
/// slow or break the component.
///
/// Every call only puts something into a queue; a daemon thread named `patinox-monitor-N` delivers
/// it and ends when the queue is empty. At most 1,024 events wait; further ones are
/// [dropped][#dropped()] and counted. Registrations are never dropped, and keep their order among
/// each other and the events. What the monitor throws is counted as [failed][#failed()]; the first
/// exception is logged to `io.patinox.memory.monitor`, and every `Error` is handed to the uncaught
/// exception handler of the delivery thread. Neither ends the delivery.
///
/// An event that the monitor publishes from within its own delivery, which would feed itself, is
/// dropped.
///
/// *Threads.* All methods may be called from any thread; none waits, and none calls the monitor.
///
/// *Lifecycle.* One for each component, closed after the component has unregistered itself. What is
/// queued in a JVM that exits is lost.
///
/// {@snippet file="io/patinox/memory/examples/MonitorExamples.java" region="isolated"}
public final class IsolatedMonitor implements Monitor, AutoCloseable {

    /*
     * `queued` counts what was accepted and not yet delivered; whoever raises it from 0 starts the
     * delivery thread, and the thread that lowers it to 0 ends. An item is put into the queue
     * before it is counted, so the thread always finds one for each count; and as the count leaves
     * 0 only once between two zeros, there is never a second thread. If a thread can't be started,
     * the count stays above 0 with nobody there: `stranded` says so, and the next caller tries
     * again.
     *
     * Nobody asks the sink whether it wants a kind but the delivery thread, right before it
     * delivers. A "no" is remembered for a second, in which the component is told so and builds no
     * events of that kind. After that it is told "yes" again: the cost is one event that is built
     * in vain, and the gain is that nothing has to run in the background to notice a change.
     */

    private static final int CAPACITY = 1_024;
    private static final long REMEMBERED_NANOS = 1_000_000_000L;
    private static final String TOLD_ONCE =
            "a monitor failed and is kept on; its further failures are only counted";
    private static final AtomicLong NUMBER = new AtomicLong();

    private sealed interface Item {}

    private record Event(MonitorEvent event) implements Item {}

    private record Register(MetricsSource source) implements Item {}

    private record Unregister(MetricsSource source) implements Item {}

    private final Monitor sink;
    private final boolean wanted;
    private final Ticker ticker;
    private final ThreadFactory threads;
    private final Supplier<System.Logger> logger;

    private final ConcurrentLinkedQueue<Item> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicBoolean stranded = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();

    // by kind: until when the sink is known not to want it, 0 for no such knowledge
    private final Map<EventKind, AtomicLong> unwantedUntil = new EnumMap<>(EventKind.class);

    private volatile @Nullable Thread deliverer;
    private volatile boolean closed;

    IsolatedMonitor(Monitor sink, Ticker ticker, ThreadFactory threads) {
        this(sink, ticker, threads, () -> System.getLogger("io.patinox.memory.monitor"));
    }

    // the logger comes late, as most components never need it
    IsolatedMonitor(
            Monitor sink, Ticker ticker, ThreadFactory threads, Supplier<System.Logger> logger) {
        this.sink = Options.required("monitor", sink);
        this.wanted = sink != NoopMonitor.INSTANCE;
        this.ticker = ticker;
        this.threads = threads;
        this.logger = logger;
        for (EventKind kind : EventKind.values()) {
            unwantedUntil.put(kind, new AtomicLong());
        }
    }

    /// Isolates a monitor. Nothing is asked of it yet, and no thread is started.
    ///
    /// @param sink the monitor a component was given
    /// @return what the component reports to
    public static IsolatedMonitor of(Monitor sink) {
        return new IsolatedMonitor(sink, Ticker.system(), newThreads());
    }

    private static ThreadFactory newThreads() {
        return Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name("patinox-monitor-" + NUMBER.incrementAndGet())
                .factory();
    }

    /// Tells whether events of a kind are wanted, without asking the monitor behind this one: no if
    /// it declined an event of that kind within the last second, else yes.
    ///
    /// @param kind the kind
    /// @return whether to publish events of this kind
    @Override
    public boolean enabled(EventKind kind) {
        if (!wanted || closed) {
            return false;
        }
        long until = unwantedUntil(kind).get();
        return until == 0 || ticker.nanos() - until >= 0;
    }

    /// Queues an event, or drops it if 1,024 are waiting or this monitor is closed.
    ///
    /// @param event what happened
    @Override
    public void publish(MonitorEvent event) {
        Options.required("event", event);
        if (!wanted) {
            return;
        }
        if (closed || Thread.currentThread() == deliverer) {
            dropped.incrementAndGet();
        } else if (events.incrementAndGet() > CAPACITY) {
            events.decrementAndGet();
            dropped.incrementAndGet();
        } else {
            enqueue(new Event(event));
        }
    }

    /// Queues a registration; ignored if this monitor is closed.
    ///
    /// @param source the component
    @Override
    public void register(MetricsSource source) {
        Options.required("source", source);
        if (wanted && !closed) {
            enqueue(new Register(source));
        }
    }

    /// Queues the end of a registration, also if this monitor is closed.
    ///
    /// @param source the component
    @Override
    public void unregister(MetricsSource source) {
        Options.required("source", source);
        if (wanted) {
            enqueue(new Unregister(source));
        }
    }

    /// Returns how many events were lost: published while 1,024 were waiting, after the close, or
    /// by the monitor itself during a delivery.
    ///
    /// @return the count since the start
    public long dropped() {
        return dropped.get();
    }

    /// Returns how many deliveries failed because the monitor threw, or because no thread could be
    /// started for them at once.
    ///
    /// @return the count since the start
    public long failed() {
        return failed.get();
    }

    /// Returns how many events and registrations are accepted but not yet delivered.
    ///
    /// @return the count, the one under delivery included
    public int queued() {
        return queued.get();
    }

    /// Accepts no further events and registrations. Returns at once; what is queued is still
    /// delivered as long as the monitor takes it. Idempotent.
    @Override
    public void close() {
        closed = true;
    }

    private void enqueue(Item item) {
        queue.add(item);
        if (queued.getAndIncrement() == 0
                || (stranded.get() && stranded.compareAndSet(true, false))) {
            startDelivery();
        }
    }

    private void startDelivery() {
        try {
            threads.newThread(this::deliverAll).start();
        } catch (OutOfMemoryError e) {
            // the JVM has no thread left; the component must live on, and what waits is not lost
            failed.incrementAndGet();
            stranded.set(true);
        }
    }

    private void deliverAll() {
        deliverer = Thread.currentThread();
        int left;
        do {
            Item item = queue.remove();
            try {
                deliver(item);
            } catch (Throwable e) {
                failed.incrementAndGet();
                tell(e);
            }
            // what one delivery was asked to stop for is not the business of the next
            boolean _ = Thread.interrupted();
            left = queued.decrementAndGet();
        } while (left > 0);
    }

    private void deliver(Item item) {
        switch (item) {
            case Event(MonitorEvent event) -> {
                events.decrementAndGet();
                EventKind kind = event.kind();
                if (sink.enabled(kind)) {
                    unwantedUntil(kind).set(0);
                    sink.publish(event);
                } else {
                    // 0 stands for no knowledge, so an end that happens to be 0 is moved by one
                    long until = ticker.nanos() + REMEMBERED_NANOS;
                    unwantedUntil(kind).set(until == 0 ? 1 : until);
                }
            }
            case Register(MetricsSource source) -> sink.register(source);
            case Unregister(MetricsSource source) -> sink.unregister(source);
        }
    }

    // every kind is put in at construction
    private AtomicLong unwantedUntil(EventKind kind) {
        return Objects.requireNonNull(unwantedUntil.get(kind));
    }

    private void tell(Throwable failure) {
        try {
            if (failure instanceof Error) {
                Thread current = Thread.currentThread();
                current.getUncaughtExceptionHandler().uncaughtException(current, failure);
            } else if (told.compareAndSet(false, true)) {
                logger.get().log(Level.WARNING, TOLD_ONCE, failure);
            }
        } catch (Throwable e) {
            // as the JVM does with what an uncaught exception handler throws: there is nobody left
            failed.incrementAndGet();
        }
    }
}
