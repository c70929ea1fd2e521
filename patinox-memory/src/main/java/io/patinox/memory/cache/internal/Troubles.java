package io.patinox.memory.cache.internal;

import java.util.ArrayList;
import java.util.List;

/// What users' code has thrown under a lock, kept until somebody without a lock reports it.
final class Troubles {

    // more than that at once are only counted
    private static final int MOST = 16;

    private record Trouble(String callback, Throwable failure) {}

    private final CacheReports reports;
    private final List<Trouble> waiting = new ArrayList<>();
    private volatile boolean any;

    Troubles(CacheReports reports) {
        this.reports = reports;
    }

    void add(String callback, Throwable failure) {
        synchronized (waiting) {
            if (waiting.size() < MOST) {
                waiting.add(new Trouble(callback, failure));
            }
            any = true;
        }
    }

    /// Reports what there is. Not under any lock.
    void report() {
        if (!any) {
            return;
        }
        List<Trouble> taken;
        synchronized (waiting) {
            taken = List.copyOf(waiting);
            waiting.clear();
            any = false;
        }
        for (Trouble trouble : taken) {
            reports.callbackFailed(trouble.callback(), trouble.failure());
        }
    }
}
