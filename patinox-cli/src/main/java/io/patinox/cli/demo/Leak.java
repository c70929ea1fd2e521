package io.patinox.cli.demo;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A bug planted in the demo: a connection that is taken and never given back, and the pool's
/// report of it.
final class Leak implements Monitor {

    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final CompletableFuture<MonitorEvent.LeaseLeaked> report = new CompletableFuture<>();

    @Override
    public void publish(MonitorEvent event) {
        if (event instanceof MonitorEvent.LeaseLeaked leaked) {
            report.complete(leaked);
        }
    }

    /// The bug: the connection is dropped without having been closed.
    static void leakOnPurpose(DataSource source) throws SQLException {
        Connection dropped = source.getConnection();
        dropped.isClosed();
    }

    /// Waits for the report. The pool finds the leak when the garbage collector has found the
    /// dropped lease, so the collector is asked to run: by itself it would, later.
    ///
    /// @return the report, or null if none came in time
    MonitorEvent.@Nullable LeaseLeaked await(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        try {
            while (System.nanoTime() - deadline < 0) {
                System.gc();
                if (reportedWithin(ROUND_NANOS)) {
                    return report.get();
                }
            }
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("Nobody fails this future", impossible);
        }
        return null;
    }

    private boolean reportedWithin(long nanos) throws InterruptedException, ExecutionException {
        try {
            report.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /// The first line of our own code in the trace: the place where the connection was taken.
    static String place(@Nullable Throwable site) {
        if (site != null) {
            for (StackTraceElement frame : site.getStackTrace()) {
                if (frame.getClassName().startsWith("io.patinox.cli.")) {
                    String type = frame.getClassName();
                    return "%s.%s(%s:%d)"
                            .formatted(
                                    type.substring(type.lastIndexOf('.') + 1),
                                    frame.getMethodName(),
                                    frame.getFileName(),
                                    frame.getLineNumber());
                }
            }
        }
        return "";
    }
}
