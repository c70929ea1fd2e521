package io.patinox.memory.cache.internal;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A call of a loader on the executor, for one flight or several. It waits for its permit without a
/// thread, and can be told to stop.
final class LoadRun<K, V> implements Runnable, Flight.Stoppable<K, V> {
    /*
     * The thread is interrupted only between the two moments at which it says, under the monitor,
     * that it begins and ends; an interrupt that the loader did not notice is taken back, so that
     * the executor's thread is handed back as it came.
     */

    private final Loads<K, V> cache;
    private final LoadRuns<K, V> runs;
    private final List<Flight<K, V>> flights;
    private final Loads.Work<K, V> work;
    private final AtomicInteger wanted;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Permits.Wish wish = new Permits.Wish(this::submit);
    private Runnable alarm = () -> {};
    private boolean permit;

    private @Nullable Thread runner;
    private boolean stopped;

    LoadRun(
            Loads<K, V> cache,
            LoadRuns<K, V> runs,
            List<Flight<K, V>> flights,
            Loads.Work<K, V> work) {
        this.cache = cache;
        this.runs = runs;
        this.flights = flights;
        this.work = work;
        this.wanted = new AtomicInteger(flights.size());
    }

    void start() {
        flights.forEach(flight -> flight.run = this);
        alarm = runs.alarm(flights, this);
        permit = runs.permits.needed();
        if (permit) {
            runs.enter(wish, flights);
        } else {
            submit();
        }
    }

    private void submit() {
        try {
            runs.executor.execute(this);
        } catch (Throwable rejected) {
            flights.forEach(flight -> cache.fail(flight, rejected));
            end();
        }
    }

    @Override
    public void run() {
        if (begin()) {
            try {
                // who has left meanwhile is not asked for
                List<Flight<K, V>> rest =
                        flights.stream().filter(flight -> !flight.landing.isDone()).toList();
                if (!rest.isEmpty()) {
                    cache.perform(rest, work);
                }
            } finally {
                finish();
            }
        }
        end();
    }

    private synchronized boolean begin() {
        if (!stopped) {
            runner = Thread.currentThread();
        }
        return !stopped;
    }

    private synchronized void finish() {
        runner = null;
        if (stopped) {
            Thread.interrupted();
        }
    }

    private void end() {
        alarm.run();
        if (permit) {
            runs.permits.leave(wish);
        }
        runs.ended(this);
        ended.countDown();
    }

    @Override
    public void drop(Flight<K, V> flight) {
        if (wanted.decrementAndGet() <= 0) {
            stop();
        }
    }

    void stop() {
        synchronized (this) {
            if (!stopped) {
                stopped = true;
                if (runner != null) {
                    runner.interrupt();
                }
            }
        }
        if (permit && runs.permits.withdraw(wish)) {
            permit = false;
            end();
        }
    }

    boolean awaitEnd(long nanos) {
        synchronized (this) {
            if (runner == Thread.currentThread()) {
                return true;
            }
        }
        try {
            return ended.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
