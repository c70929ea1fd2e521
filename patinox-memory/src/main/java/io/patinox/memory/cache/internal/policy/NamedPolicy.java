package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionOrder;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.error.Options;
import java.util.function.LongFunction;

/// A policy that is nothing but a name and a way to make its orders.
///
/// @param name the name
/// @param everyHit whether its orders must be told of each hit
/// @param orders makes an order for a capacity
record NamedPolicy(String name, boolean everyHit, LongFunction<EvictionOrder> orders)
        implements EvictionPolicy {

    @Override
    public EvictionOrder newOrder(long capacity) {
        return orders.apply(Options.inRange("capacity", capacity, 1, Long.MAX_VALUE));
    }

    @Override
    public String toString() {
        return name;
    }
}
