package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.PolicyNode;
import org.jspecify.annotations.Nullable;

/// The order of a cache without bounds, which never gives up anything for its size.
final class NoOrder implements EvictionOrder {

    @Override
    public void added(PolicyNode node) {}

    @Override
    public void removed(PolicyNode node) {}

    @Override
    public @Nullable PolicyNode evict() {
        return null;
    }
}
