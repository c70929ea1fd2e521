package io.patinox.memory.resource.internal;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.CleanupTimeoutException;
import io.patinox.memory.error.ResourceInterruptedException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A cleanup on the thread of the caller, who has claimed it: the hot path of every guard.
///
/// An ordinary close is two compare-and-sets (the claim, the lock of the stripe) and one volatile
/// write (the end); acquiring was one more compare-and-set. No clock is read but once in
/// [#TIMED_ONE_IN] cleanups, or when there is little to do, and nothing is allocated.
final class HereCleanup {
    /// One cleanup in so many is timed, a power of two.
    static final int TIMED_ONE_IN = 64;

    private HereCleanup() {}

    static <T> void run(Tracked<T> tracked) {
        if ((tracked.word() & Word.RELATED) == 0) {
            runAlone(tracked);
            return;
        }
        Error thrown = dependantsFirst(tracked);
        if (thrown == null) {
            runAlone(tracked);
            return;
        }
        try {
            runAlone(tracked);
        } catch (Throwable own) {
            suppress(thrown, own);
        }
        throw thrown;
    }

    @SuppressWarnings("ReferenceEquality") // an exception must not be suppressed by itself
    private static void suppress(Throwable thrown, Throwable other) {
        if (thrown != other) {
            thrown.addSuppressed(other);
        }
    }

    private static <T> void runAlone(Tracked<T> tracked) {
        RegistryCore core = tracked.core();
        Stripe stripe = core.live().stripe(tracked);
        boolean timed = (++stripe.cleanups & TIMED_ONE_IN - 1) == 0 || core.clock().isQuiet();
        long began = timed ? core.reports().now() : 0;
        // the cleanup is owed even by a caller who was interrupted before; he is told afterwards
        boolean interrupted = Thread.interrupted();
        Thread here = Thread.currentThread();
        T resource = tracked.take(here);
        try {
            Cleanups.run(tracked, resource);
        } catch (Throwable thrown) {
            if (interrupted || thrown instanceof InterruptedException) {
                here.interrupt();
            }
            failed(tracked, resource, thrown);
            return;
        }
        if (timed) {
            core.reports().took(core.reports().now() - began);
        }
        core.ended(tracked, tracked.endHere(Word.CLEANED), stripe);
        if (interrupted) {
            here.interrupt();
        }
    }

    private static <T> void failed(Tracked<T> tracked, T resource, Throwable thrown) {
        RegistryCore core = tracked.core();
        int attempts = core.attempted(tracked, thrown);
        if (core.retry(tracked, resource, thrown, attempts, null)) {
            GuardCalls.awaitOther(tracked);
            return;
        }
        // reported before anybody can see the outcome, and so before the registry can be closed
        try {
            core.reports().failing(tracked, thrown);
            core.reports().failed(tracked, thrown, attempts);
        } finally {
            core.ended(tracked, tracked.endHere(Word.FAILED), core.live().stripe(tracked));
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        throw new CleanupFailedException(tracked.name(), attempts, thrown);
    }

    /*
     * What depends on a resource is cleaned up before it, here too, and what depends on that before
     * that: a walk down a tree that may be ten thousand deep, so with a stack of its own. Each is
     * claimed on the way down, after which nothing new can come to depend on it, and cleaned up on
     * the way up. One that somebody else is cleaning up is waited for, unless that one waits for
     * this thread, as does a cleanup that closes what its resource depends on. Who is interrupted
     * while he waits goes, and leaves all he had claimed to the engine, which keeps the order; so
     * does who has run out of memory. The root is claimed already and is left to the caller.
     */
    private static @Nullable Error dependantsFirst(Tracked<?> root) {
        Relations relations = root.core().relations();
        if (!relations.hasDependants(root)) {
            return null;
        }
        ArrayDeque<Tracked<?>> path = new ArrayDeque<>();
        path.push(root);
        try {
            return dependantsFirst(root, relations, path);
        } catch (Throwable cutShort) {
            for (Tracked<?> claimed : path) {
                claimed.progress().claimant(null);
                claimed.core().engine().takeOver(claimed);
            }
            throw cutShort;
        }
    }

    private static @Nullable Error dependantsFirst(
            Tracked<?> root, Relations relations, ArrayDeque<Tracked<?>> path) {
        Set<Tracked<?>> passed = new HashSet<>();
        Error first = null;
        root.progress().claimant(Thread.currentThread());
        while (true) {
            Tracked<?> at = path.element();
            Tracked<?> next = relations.newestDependant(at, passed);
            if (next == null) {
                path.pop().progress().claimant(null);
                if (at.equals(root)) {
                    return first;
                }
                Error thrown = cleanDependant(at);
                if (first == null) {
                    first = thrown;
                } else if (thrown != null) {
                    suppress(first, thrown);
                }
            } else {
                passed.add(next);
                if (next.claimHere()) {
                    path.push(next);
                    next.progress().claimant(Thread.currentThread());
                } else {
                    awaitDependant(next, root);
                }
            }
        }
    }

    /// A dependant that fails doesn't keep what it depended on from being cleaned up; its failure
    /// is counted and reported as its own.
    private static @Nullable Error cleanDependant(Tracked<?> dependant) {
        try {
            runAlone(dependant);
        } catch (CleanupFailedException | CleanupTimeoutException reported) {
            // its registry has told of it
        } catch (ResourceInterruptedException whileItIsRetried) {
            if (!dependant.isFinal()) {
                throw whileItIsRetried;
            }
        } catch (Error thrown) {
            return thrown;
        }
        return null;
    }

    private static void awaitDependant(Tracked<?> dependant, Tracked<?> root) {
        if (dependant.isFinal()) {
            return;
        }
        try {
            boolean _ = Waits.await(dependant);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResourceInterruptedException(root.name(), "close", e);
        }
    }
}
