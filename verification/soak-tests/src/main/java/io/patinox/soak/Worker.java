package io.patinox.soak;

import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.CleanupPriority;
import io.patinox.memory.resource.ResourceRequest;
import io.patinox.memory.resource.ResourceScope;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A thread of the storm: does one random thing after the other to its own guards and scopes, and
/// to those that all share.
final class Worker implements Runnable {
    private static final int OWN = 32;
    private static final int SCOPES = 4;
    private static final CleanupPriority[] PRIORITIES = CleanupPriority.values();

    private final Round round;
    private final SplittableRandom random;
    private final long operations;

    @SuppressWarnings({"unchecked", "rawtypes"}) // guards are all that goes in
    private final @Nullable AsyncResourceGuard<Load>[] own = new AsyncResourceGuard[OWN];

    private final @Nullable ResourceScope[] scopes = new ResourceScope[SCOPES];
    private @Nullable CompletableFuture<Load> pending;

    Worker(Round round, SplittableRandom random, long operations) {
        this.round = round;
        this.random = random;
        this.operations = operations;
    }

    @Override
    public void run() {
        for (long i = 0; i < operations; i++) {
            try {
                if (random.nextInt(500) == 0) {
                    Thread.currentThread().interrupt();
                }
                act();
            } catch (PatinoxException | Load.InjectedException | Load.InjectedError expected) {
                // an answer like any other: whether it was right the audit tells
            } catch (Throwable unexpected) {
                round.violations.add("unexpected " + unexpected + at(unexpected));
            } finally {
                boolean _ = Thread.interrupted();
            }
        }
        complete(null);
    }

    private static String at(Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        return stack.length == 0 ? "" : " at " + stack[0];
    }

    private void act() throws Exception {
        int slot = random.nextInt(OWN);
        AsyncResourceGuard<Load> guard = own[slot];
        if (guard == null) {
            open(slot);
            return;
        }
        int what = random.nextInt(1_000);
        if (what < 400) {
            guard.close();
        } else if (what < 500) {
            boolean _ = guard.use(load -> load.fault == Load.Fault.NONE);
            return;
        } else if (what < 560) {
            CompletableFuture<?> _ = guard.cleanup();
        } else if (what < 570) {
            Object _ = guard.close(Duration.ofMillis(5));
        } else if (what < 600) {
            guard.closeAfter(new Load.InjectedException());
        } else if (what < 650) {
            guard.detach().detached = true;
        } else if (what < 800) {
            exchange(slot);
            return;
        } else if (what < 850) {
            depend(guard);
            return;
        } else if (what < 910) {
            guard.moveTo(scope());
            return;
        } else if (what < 980) {
            endScope();
            return;
        } else if (what < 985) {
            look();
            return;
        }
        // whatever is still open now is dropped
        own[slot] = null;
    }

    private void look() {
        int what = random.nextInt(100);
        if (what == 0) {
            CompletableFuture<?> _ = round.registry.select().tag("tagged").cleanup();
        } else if (what == 1) {
            String _ = round.registry.dumpJson();
        } else if (what < 10) {
            Object _ = round.registry.balance();
        } else {
            Object _ = round.registry.health();
        }
    }

    // opening

    private void open(int slot) throws Exception {
        Load.Fault fault = fault();
        int what = random.nextInt(100);
        AsyncResourceGuard<Load> guard =
                switch (what) {
                    case 0, 1 -> openAsync(fault);
                    case 2 -> round.registry.acquire("load", this::fails, round::clean);
                    case 3, 4, 5 -> limited(Round.LIMITED, fault);
                    case 6, 7 -> limited(Round.EVICTED, fault);
                    case 8, 9, 10, 11 ->
                            scope().acquire("load", () -> round.open(fault), round::clean);
                    case 12, 13, 14, 15 -> request(fault).acquire();
                    default ->
                            round.registry.acquire("load", () -> round.open(fault), round::clean);
                };
        own[slot] = guard;
        if (guard != null && fault.compareTo(Load.Fault.CLOSES_ITSELF) >= 0) {
            arm(guard, fault);
        }
    }

    private void arm(AsyncResourceGuard<Load> guard, Load.Fault fault) {
        AutoCloseable closed =
                switch (fault) {
                    case CLOSES_ITSELF -> guard;
                    case CLOSES_THE_REGISTRY -> round.registry;
                    default -> round.shared.get(random.nextInt(Round.SHARED));
                };
        if (guard.isOpen()) {
            guard.get().reentered.set(closed);
        }
    }

    private Load.Fault fault() {
        int what = random.nextInt(100_000);
        if (what < 90_000) {
            return Load.Fault.NONE;
        } else if (what < 93_000) {
            return Load.Fault.THROWS;
        } else if (what < 94_000) {
            return Load.Fault.THROWS_ERROR;
        } else if (what < 95_000) {
            return Load.Fault.FAILS_SOMETIMES;
        } else if (what < 95_500) {
            return Load.Fault.SLOW;
        } else if (what < 95_510) {
            return Load.Fault.HANGS_UNTIL_INTERRUPTED;
        } else if (what < 95_520) {
            return Load.Fault.HANGS;
        } else if (what < 97_000) {
            return Load.Fault.CLOSES_ITSELF;
        } else if (what < 99_999) {
            return Load.Fault.CLOSES_ANOTHER;
        }
        return Load.Fault.NONE;
    }

    private Load fails() throws Load.InjectedException {
        throw new Load.InjectedException();
    }

    private @Nullable AsyncResourceGuard<Load> openAsync(Load.Fault fault) {
        int what = random.nextInt(4);
        if (what == 0) {
            CompletableFuture<?> _ =
                    round.registry.acquireAsync(
                            "load",
                            () -> CompletableFuture.failedFuture(new Load.InjectedException()),
                            round::clean);
            return null;
        }
        if (what == 1) {
            complete(fault);
            CompletableFuture<?> guard =
                    round.registry.acquireAsync("load", this::begin, round::clean);
            if (random.nextBoolean()) {
                boolean _ = guard.cancel(true);
            }
            return null;
        }
        // nobody keeps the guard: it is left to the scope, or a leak
        if (what == 2) {
            CompletableFuture<?> _ = scope().acquireAsync("load", () -> now(fault), round::clean);
        } else {
            CompletableFuture<?> _ =
                    round.registry.acquireAsync("load", () -> now(fault), round::clean);
        }
        return null;
    }

    private CompletionStage<Load> now(Load.Fault fault) {
        return CompletableFuture.completedFuture(round.open(fault));
    }

    private CompletionStage<Load> begin() {
        CompletableFuture<Load> later = new CompletableFuture<>();
        pending = later;
        return later;
    }

    /// What was begun asynchronously comes.
    private void complete(Load.@Nullable Fault fault) {
        CompletableFuture<Load> waiting = pending;
        pending = null;
        if (waiting != null) {
            boolean _ = waiting.complete(round.open(fault == null ? Load.Fault.NONE : fault));
        }
    }

    private AsyncResourceGuard<Load> limited(String type, Load.Fault fault) {
        return round.registry
                .<Load>request(type, () -> round.open(fault), round::clean)
                .sizeBytes(random.nextInt(400))
                .acquire();
    }

    private ResourceRequest<Load> request(Load.Fault fault) {
        ResourceRequest<Load> request =
                round.registry
                        .<Load>request("load", () -> round.open(fault), round::clean)
                        .priority(PRIORITIES[random.nextInt(PRIORITIES.length)]);
        if (fault == Load.Fault.FAILS_SOMETIMES) {
            request.idempotent();
        }
        if (random.nextInt(10) == 0) {
            request.tags("tagged").onPlatformThread();
        }
        AsyncResourceGuard<Load> other = round.shared.get(random.nextInt(Round.SHARED));
        if (other != null && random.nextBoolean()) {
            request.dependsOn(other);
        }
        return request;
    }

    // relations

    private void exchange(int slot) {
        own[slot] = round.shared.getAndSet(random.nextInt(Round.SHARED), own[slot]);
    }

    private void depend(AsyncResourceGuard<Load> guard) {
        AsyncResourceGuard<Load> other = round.shared.get(random.nextInt(Round.SHARED));
        if (other != null) {
            guard.dependsOn(other);
        }
    }

    private ResourceScope scope() {
        int slot = random.nextInt(SCOPES);
        ResourceScope scope = scopes[slot];
        if (scope == null || !scope.isOpen()) {
            scope = newScope();
            scopes[slot] = scope;
        }
        return scope;
    }

    private ResourceScope newScope() {
        ResourceScope outer = scopes[random.nextInt(SCOPES)];
        if (outer != null && outer.isOpen() && random.nextInt(4) == 0) {
            return random.nextBoolean() ? outer.scope("inner") : outer.parallel("inner");
        }
        return random.nextInt(4) == 0
                ? round.registry.parallelScope("outer")
                : round.registry.scope("outer");
    }

    private void endScope() {
        ResourceScope scope = scope();
        int what = random.nextInt(10);
        if (what == 0) {
            Object _ = scope.close(Duration.ofMillis(5));
        } else if (what == 1) {
            scope.moveTo(scope());
        } else if (what == 2) {
            scope.fail(new Load.InjectedException());
            scope.close();
        } else {
            scope.close();
        }
    }
}
