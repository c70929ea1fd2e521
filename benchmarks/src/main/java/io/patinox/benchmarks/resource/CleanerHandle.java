package io.patinox.benchmarks.resource;

import java.lang.ref.Cleaner;

/// A handle as the documentation of `Cleaner` has it: it refers to its state, which must not refer
/// to it, and to the registration of both. The state is the resource itself.
final class CleanerHandle implements AutoCloseable {

    private final PlainResource state;
    private final Cleaner.Cleanable cleanable;

    CleanerHandle(Cleaner cleaner, PlainResource state) {
        this.state = state;
        cleanable = cleaner.register(this, state);
    }

    PlainResource resource() {
        return state;
    }

    @Override
    public void close() {
        cleanable.clean();
    }
}
