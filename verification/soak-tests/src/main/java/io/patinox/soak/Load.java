package io.patinox.soak;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A resource of the storm, which knows what has been done to it, and how its cleanup misbehaves.
final class Load {
    final Fault fault;
    final AtomicReference<@Nullable AutoCloseable> reentered = new AtomicReference<>();
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger succeeded = new AtomicInteger();
    volatile boolean detached;

    Load(Fault fault) {
        this.fault = fault;
    }

    /// {@return what must never happen and did, or null}
    @Nullable String violation() {
        if (succeeded.get() > 1) {
            return fault + " was cleaned up " + succeeded + " times";
        }
        if (detached && begun.get() > 0) {
            return fault + " was detached and cleaned up all the same";
        }
        return null;
    }

    /// How a cleanup misbehaves.
    enum Fault {
        NONE,
        THROWS,
        THROWS_ERROR,
        FAILS_SOMETIMES,
        SLOW,
        HANGS_UNTIL_INTERRUPTED,
        HANGS,
        CLOSES_ITSELF,
        CLOSES_ANOTHER,
        CLOSES_THE_REGISTRY
    }

    /// The Error that cleanups throw.
    static final class InjectedError extends Error {
        private static final long serialVersionUID = 1L;

        InjectedError() {
            super("injected", null, false, false);
        }
    }

    /// The exception that cleanups, suppliers and stages throw.
    static final class InjectedException extends Exception {
        private static final long serialVersionUID = 1L;

        InjectedException() {
            super("injected", null, false, false);
        }
    }
}
