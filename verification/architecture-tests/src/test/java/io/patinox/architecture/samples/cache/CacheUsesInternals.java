package io.patinox.architecture.samples.cache;

import io.patinox.architecture.samples.pool.internal.Slot;

final class CacheUsesInternals {
    Slot[] slots = new Slot[1];
}
