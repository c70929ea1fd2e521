package io.patinox.cli.demo;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// All outages of a run; told of every new connection.
///
/// Safe for use by several threads.
final class OutageLog {

    private final List<Outage> outages = new CopyOnWriteArrayList<>();

    /// The kill is about to happen.
    ///
    /// @param cause what is being done
    /// @param watched whether any new connection from now on ends the outage; if false, only after
    ///   [Outage#watch()]
    Outage begin(String cause, boolean watched) {
        var outage = new Outage(cause, System.nanoTime(), watched);
        outages.add(outage);
        return outage;
    }

    /// A new connection was made.
    void connected() {
        long now = System.nanoTime();
        outages.forEach(outage -> outage.end(now));
    }

    boolean anyDuring(long fromNanos, long toNanos) {
        return outages.stream().anyMatch(outage -> outage.overlaps(fromNanos, toNanos));
    }

    List<Outage> outages() {
        return List.copyOf(outages);
    }
}
