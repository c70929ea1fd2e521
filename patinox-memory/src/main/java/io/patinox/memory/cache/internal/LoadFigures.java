package io.patinox.memory.cache.internal;

import io.patinox.memory.internal.StripedCounter;
import io.patinox.memory.monitor.Histogram;

/// What a cache counts of its loads.
final class LoadFigures {

    final StripedCounter loads = new StripedCounter();
    final StripedCounter failures = new StripedCounter();
    final StripedCounter joined = new StripedCounter();
    final StripedCounter refreshes = new StripedCounter();
    final StripedCounter refreshFailures = new StripedCounter();
    final StripedCounter staleServed = new StripedCounter();
    final StripedCounter absenceHits = new StripedCounter();
    // of each call of a loader, for one key or many
    final Histogram times = Histogram.nanos();
}
