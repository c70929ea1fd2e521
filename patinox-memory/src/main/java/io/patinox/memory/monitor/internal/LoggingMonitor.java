package io.patinox.memory.monitor.internal;

import io.patinox.memory.monitor.CacheEvictionStorm;
import io.patinox.memory.monitor.CacheLoadFailed;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MappingAbandoned;
import io.patinox.memory.monitor.MappingFaulted;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.io.Serial;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Logs events, each at the level of its kind.
public final class LoggingMonitor implements Monitor {

    private final Logger logger;

    /// Creates the monitor.
    ///
    /// @param logger where to log
    public LoggingMonitor(Logger logger) {
        this.logger = logger;
    }

    @Override
    public boolean enabled(EventKind kind) {
        return logger.isLoggable(highest(kind));
    }

    @Override
    public void publish(MonitorEvent event) {
        // with a throwable the message is taken as it is, without one too: braces in it are no
        // format
        logger.log(level(event), event.message(), throwable(event));
    }

    private static Level highest(EventKind kind) {
        return switch (kind) {
            case CLEANUP_ABANDONED, HEALTH_CHANGED, POOL_UNAVAILABLE -> Level.ERROR;
            case RESOURCE_RETURNED, POOL_RECOVERED, CONFIG_APPLIED, CONFIG_ROLLOUT_CHANGED ->
                    Level.INFO;
            default -> Level.WARNING;
        };
    }

    private static Level level(MonitorEvent event) {
        return event instanceof MonitorEvent.HealthChanged changed
                ? level(changed.to())
                : highest(event.kind());
    }

    private static Level level(Health health) {
        return switch (health.status()) {
            case UP -> Level.INFO;
            case DEGRADED -> Level.WARNING;
            case DOWN -> Level.ERROR;
        };
    }

    private static @Nullable Throwable throwable(MonitorEvent event) {
        return switch (event) {
            case MonitorEvent.ResourceLeaked e -> e.site();
            case MonitorEvent.ResourceOverdue e -> e.site();
            case MonitorEvent.ResourceReturned e -> null;
            case MonitorEvent.CleanupFailed e -> e.failure();
            case MonitorEvent.CleanupAbandoned e ->
                    new Stack("the cleanup is here now", e.stack(), null);
            case MonitorEvent.LeaseLeaked e -> e.site();
            case MonitorEvent.LeaseOverdue e ->
                    new Stack("the holder is here now", e.holderStack(), e.site());
            case MonitorEvent.NestedAcquire e -> new Stack("it waited here", e.stack(), e.site());
            case MonitorEvent.CreateFailed e -> e.failure();
            case MonitorEvent.PoolUnavailable e -> e.failure();
            case MonitorEvent.PoolRecovered e -> null;
            case MonitorEvent.CallbackFailed e -> e.failure();
            case MonitorEvent.ConfigApplied e -> null;
            case MonitorEvent.ConfigRejected e -> null;
            case MonitorEvent.ConfigRolloutChanged e -> null;
            case CacheLoadFailed e -> e.failure();
            case CacheEvictionStorm e -> null;
            case MappingFaulted e -> null;
            case MappingAbandoned e -> null;
            case MonitorEvent.HealthChanged e -> null;
        };
    }

    /// Carries the stack of another thread into the log.
    private static final class Stack extends Throwable {

        @Serial private static final long serialVersionUID = 1L;

        Stack(String message, List<StackTraceElement> stack, @Nullable Throwable acquired) {
            super(message, acquired, false, true);
            setStackTrace(stack.toArray(StackTraceElement[]::new));
        }
    }
}
