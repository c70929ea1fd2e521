package io.patinox.memory.resource.internal;

import java.util.ArrayList;
import java.util.List;

/// What the watchdog does on each round: interrupts what is overdue, abandons what has not reacted,
/// and sends a platform thread where no virtual one has come.
final class CleanupPatrol {
    private final RegistryCore core;
    private final CleanupEngine engine;

    CleanupPatrol(RegistryCore core, CleanupEngine engine) {
        this.core = core;
        this.engine = engine;
    }

    void run() {
        List<CleanupRun> overdue = new ArrayList<>();
        List<CleanupRun> expired = new ArrayList<>();
        List<CleanupRun> starved = new ArrayList<>();
        engine.inspect(overdue, expired, starved);
        for (CleanupRun run : overdue) {
            interrupt(run.thread());
            core.reports().overdue();
        }
        expired.forEach(run -> abandon(core, run));
        starved.forEach(this::rescue);
    }

    /// Interrupting runs code of the channel that the thread is blocked on, which may block or
    /// throw, so not on the watchdog's own thread.
    private void interrupt(Thread late) {
        try {
            Threads.startDaemon(late.getName() + "-interrupt", late::interrupt);
        } catch (OutOfMemoryError noThread) {
            late.interrupt();
        }
    }

    private void rescue(CleanupRun run) {
        Threads.startDaemon(run.thread().getName(), run);
        engine.rescued(run);
    }

    static void abandon(RegistryCore core, CleanupRun run) {
        CleanupEngine engine = core.engine();
        if (!engine.setAside(run)) {
            return;
        }
        boolean done = false;
        try {
            core.abandon(run.tracked, run.deadline(), List.of(run.thread().getStackTrace()));
            done = true;
        } finally {
            if (!done) {
                engine.takeBack(run);
            }
        }
    }

    /// Abandons all that run, at once: the registry's budget to close is spent.
    static void abandonAll(RegistryCore core) {
        for (CleanupRun run : core.engine().running()) {
            // where no thread has come yet, none may come when the resource is let go
            boolean unused = run.takeBegin();
            abandon(core, run);
            if (unused) {
                core.engine().forget(run);
                run.tracked.release();
            }
        }
    }
}
