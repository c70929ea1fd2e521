package io.patinox.contract.cache;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The values that were put into a cache, each a string of its own.
final class Values {

    /// Those that came in for certain, if only for a moment.
    final Collection<String> certain = new ConcurrentLinkedQueue<>();

    /// Those that were loaded: a load that is overtaken by a write or a removal is not cached.
    final Collection<String> perhaps = new ConcurrentLinkedQueue<>();

    String certainly(String value) {
        certain.add(value);
        return value;
    }

    String perhaps(String value) {
        perhaps.add(value);
        return value;
    }
}
