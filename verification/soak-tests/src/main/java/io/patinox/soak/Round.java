package io.patinox.soak;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceBalance;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceType;
import io.patinox.memory.resource.WhenFull;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/// One registry and all that is done to it, from its building to its closing, and its audit.
final class Round {
    static final String LIMITED = "limited";
    static final String EVICTED = "evicted";
    static final int SHARED = 256;

    private static final Duration DEADLINE = Duration.ofMillis(20);
    private static final Duration BUDGET = Duration.ofSeconds(20);
    private static final long PATIENCE_SECONDS = 120;

    final ResourceRegistry registry;
    final AtomicReferenceArray<AsyncResourceGuard<Load>> shared =
            new AtomicReferenceArray<>(SHARED);
    final Queue<Load> opened = new ConcurrentLinkedQueue<>();
    final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final CountDownLatch hangsEnd = new CountDownLatch(1);
    private final Map<Thread, Load> inside = new ConcurrentHashMap<>();

    Round(String name) {
        registry =
                ResourceRegistry.builder(name)
                        .cleanupDeadline(DEADLINE)
                        .type(
                                ResourceType.named(LIMITED)
                                        .maxOpen(4)
                                        .maxBytes(1_000)
                                        .timeout(Duration.ofMillis(1)))
                        .type(
                                ResourceType.named(EVICTED)
                                        .maxOpen(8)
                                        .whenFull(WhenFull.EVICT_OLDEST)
                                        .timeout(Duration.ofMillis(50)))
                        .build();
    }

    /// Opens a resource, as suppliers do.
    Load open(Load.Fault fault) {
        Load load = new Load(fault);
        opened.add(load);
        return load;
    }

    /// Cleans up, as well as the resource's fault allows.
    void clean(Load load) throws Exception {
        Thread here = Thread.currentThread();
        boolean outermost = inside.putIfAbsent(here, load) == null;
        int _ = load.begun.incrementAndGet();
        try {
            misbehave(load, outermost && here.getName().endsWith("-cleanup"));
            int _ = load.succeeded.incrementAndGet();
        } finally {
            if (outermost) {
                inside.remove(here);
            }
        }
    }

    /// Misbehaves. No deadline binds a cleanup that a caller of `close()` runs, be that another
    /// cleanup: what hangs there, hangs. So it hangs only where a deadline does.
    private void misbehave(Load load, boolean bound) throws Exception {
        switch (load.fault) {
            case NONE -> {}
            case THROWS -> throw new Load.InjectedException();
            case THROWS_ERROR -> throw new Load.InjectedError();
            case FAILS_SOMETIMES -> {
                if (ThreadLocalRandom.current().nextInt(10) == 0) {
                    throw new Load.InjectedException();
                }
            }
            case SLOW -> LockSupport.parkNanos(200_000);
            case HANGS_UNTIL_INTERRUPTED -> {
                if (bound) {
                    hangsEnd.await();
                }
            }
            case HANGS -> {
                if (bound) {
                    hang();
                }
            }
            case CLOSES_ITSELF, CLOSES_ANOTHER, CLOSES_THE_REGISTRY -> {
                AutoCloseable closed = load.reentered.get();
                if (closed != null) {
                    closed.close();
                }
            }
        }
    }

    private void hang() {
        boolean ended = false;
        while (!ended) {
            try {
                hangsEnd.await();
                ended = true;
            } catch (InterruptedException e) {
                // that is the fault
            }
        }
    }

    /// Ends all cleanups that hang, closes the registry and audits its books.
    Map<String, Long> finish() throws InterruptedException {
        registry.close(BUDGET);
        hangsEnd.countDown();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isQuiet() && System.nanoTime() - until < 0) {
            Thread.sleep(1);
        }
        ResourceBalance balance = registry.balance();
        Map<String, Long> metrics = registry.metrics().counters();
        audit(balance, metrics.getOrDefault("resource.cleanup.late", 0L));
        return metrics;
    }

    private boolean isQuiet() {
        return inside.isEmpty()
                && registry.balance().open() == 0
                && registry.balance().acquired() == opened.size()
                && registry.stuck().isEmpty()
                && Threads.named("patinox-" + registry.name() + "-").isEmpty();
    }

    private void audit(ResourceBalance balance, long late) {
        long succeeded = 0;
        long detached = 0;
        for (Load load : opened) {
            String violation = load.violation();
            if (violation != null) {
                violations.add(violation);
            }
            succeeded += load.succeeded.get();
            detached += load.detached ? 1 : 0;
        }
        check(balance.holds(), "the identity does not hold: " + balance);
        check(balance.open() == 0, "left open: " + balance);
        check(balance.acquired() == opened.size(), opened.size() + " opened, but " + balance);
        check(balance.detached() == detached, detached + " detached, but " + balance);
        check(
                succeeded >= balance.cleaned() && succeeded <= balance.cleaned() + late,
                succeeded + " cleaned, " + late + " late, but " + balance);
        check(inside.isEmpty(), "still inside their cleanups: " + inside());
        check(registry.stuck().isEmpty(), "stuck: " + registry.stuck());
        var threads = Threads.named("patinox-" + registry.name() + "-");
        check(threads.isEmpty(), "threads left: " + threads);
        long internal =
                registry.metrics().counters().getOrDefault("resource.internal.failures", 0L);
        check(internal == 0, internal + " internal failures");
    }

    /// {@return the threads inside cleanups, and whose}
    String inside() {
        StringBuilder text = new StringBuilder();
        inside.forEach((thread, load) ->
                text.append(load.fault)
                        .append(" on ")
                        .append(thread.getName())
                        .append(Arrays.toString(thread.getStackTrace()))
                        .append('\n'));
        return text.toString();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(registry.name() + ": " + otherwise);
        }
    }
}
