package io.patinox.memory.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One event of every kind.
public final class Events {

    public static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    public static final Throwable SITE = new Throwable("acquired here");
    public static final Throwable FAILURE = new IllegalStateException("broken");
    public static final List<StackTraceElement> STACK =
            List.of(
                    new StackTraceElement("app.Worker", "read", "Worker.java", 12),
                    new StackTraceElement("app.Worker", "run", "Worker.java", 7));
    public static final Health SLOW = Health.degraded(new Health.Reason("slow", "it takes 5 s"));

    private Events() {}

    public static MonitorEvent of(EventKind kind) {
        return switch (kind) {
            case RESOURCE_LEAKED ->
                    new MonitorEvent.ResourceLeaked(
                            "files", AT, "file", Duration.ofSeconds(90), SITE, true, 1);
            case RESOURCE_OVERDUE ->
                    new MonitorEvent.ResourceOverdue(
                            "files", AT, "f7", "file", Duration.ofHours(1), "worker-1", SITE);
            case RESOURCE_RETURNED ->
                    new MonitorEvent.ResourceReturned(
                            "files", AT, "f7", "file", Duration.ofHours(2));
            case CLEANUP_FAILED -> new MonitorEvent.CleanupFailed("files", AT, "f7", 3, FAILURE);
            case CLEANUP_ABANDONED ->
                    new MonitorEvent.CleanupAbandoned(
                            "files", AT, "f7", Duration.ofSeconds(30), STACK);
            case LEASE_LEAKED ->
                    new MonitorEvent.LeaseLeaked("orders", AT, Duration.ofMinutes(2), SITE);
            case LEASE_OVERDUE ->
                    new MonitorEvent.LeaseOverdue(
                            "orders", AT, Duration.ofMinutes(2), SITE, "worker-1", STACK, null);
            case NESTED_ACQUIRE ->
                    new MonitorEvent.NestedAcquire(
                            "orders", AT, 2, Duration.ofSeconds(5), SITE, "worker-1", STACK);
            case CREATE_FAILED ->
                    new MonitorEvent.CreateFailed("orders", AT, 2, FAILURE, Duration.ofMillis(250));
            case POOL_UNAVAILABLE ->
                    new MonitorEvent.PoolUnavailable("orders", AT, 3, FAILURE, true);
            case POOL_RECOVERED ->
                    new MonitorEvent.PoolRecovered("orders", AT, Duration.ofSeconds(9));
            case CALLBACK_FAILED ->
                    new MonitorEvent.CallbackFailed("orders", AT, "destroy", FAILURE);
            case CONFIG_APPLIED -> new MonitorEvent.ConfigApplied("app", AT, 3, "RELOAD");
            case CONFIG_REJECTED ->
                    new MonitorEvent.ConfigRejected(
                            "app", AT, "BIND", List.of("port: must be a number"));
            case CONFIG_ROLLOUT_CHANGED ->
                    new MonitorEvent.ConfigRolloutChanged("app", AT, "blue", 5, "RUNNING");
            case CACHE_LOAD_FAILED -> new CacheLoadFailed("prices", AT, "a", FAILURE, true, 3);
            case CACHE_EVICTION_STORM ->
                    new CacheEvictionStorm("prices", AT, 12_000, Duration.ofSeconds(1), 1_000);
            case MAPPING_FAULTED -> new MappingFaulted("ticks", AT, "t.map", 8_192, 4_096, 3);
            case MAPPING_ABANDONED ->
                    new MappingAbandoned("ticks", AT, "t.map", 2, Duration.ofSeconds(30));
            case HEALTH_CHANGED -> new MonitorEvent.HealthChanged("orders", AT, Health.up(), SLOW);
        };
    }

    public static MonitorEvent any() {
        return of(EventKind.LEASE_LEAKED);
    }

    /// An event that can be told from others.
    public static MonitorEvent numbered(int number) {
        return new MonitorEvent.CleanupFailed("files", AT, "f", number, FAILURE);
    }

    /// Throws any throwable, checked or not.
    @SuppressWarnings("unchecked")
    public static <X extends Throwable> void throwAny(Throwable failure) throws X {
        throw (X) failure;
    }
}
