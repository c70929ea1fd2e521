package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.ResourceSupplier;

/// Supplies what is open already and has taken its room under the limit of its type: it must be
/// registered or cleaned up, and can't be refused before.
///
/// @param <T> the type of the resource
/// @param resource the resource
record Opened<T>(T resource) implements ResourceSupplier<T> {
    @Override
    public T get() {
        return resource;
    }
}
