package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;

/// A policy with one order that a test has made.
record GivenOrder(EvictionOrder order) implements EvictionPolicy {

    @Override
    public String name() {
        return "given";
    }

    @Override
    public EvictionOrder newOrder(long capacity) {
        return order;
    }
}
