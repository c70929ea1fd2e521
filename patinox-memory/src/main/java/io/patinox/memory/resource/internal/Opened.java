package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.ResourceSupplier;

/// Supplies what is open already and has taken its room under the limit of its type: it must be
/// registered or cleaned up. Used by one thread.
///
/// @param <T> the type of the resource
final class Opened<T> implements ResourceSupplier<T> {
    private final T resource;
    private boolean taken;

    Opened(T resource) {
        this.resource = resource;
    }

    @Override
    public T get() {
        taken = true;
        return resource;
    }

    /// {@return whether somebody has taken it, who sees to it from then on}
    boolean isTaken() {
        return taken;
    }
}
