package io.patinox.memory.monitor.internal;

import io.patinox.memory.internal.Describe;
import io.patinox.memory.monitor.CacheEvictionStorm;
import io.patinox.memory.monitor.CacheLoadFailed;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.MappingAbandoned;
import io.patinox.memory.monitor.MappingFaulted;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import org.jspecify.annotations.Nullable;

/// Writes events to the flight recorder.
final class JfrMonitor implements Monitor {

    private static final int FRAMES = 64;

    @Override
    public boolean enabled(EventKind kind) {
        return EventType.getEventType(
                        switch (kind) {
                            case RESOURCE_LEAKED -> JfrEvent.ResourceLeaked.class;
                            case RESOURCE_OVERDUE -> JfrEvent.ResourceOverdue.class;
                            case RESOURCE_RETURNED -> JfrEvent.ResourceReturned.class;
                            case CLEANUP_FAILED -> JfrEvent.CleanupFailed.class;
                            case CLEANUP_ABANDONED -> JfrEvent.CleanupAbandoned.class;
                            case LEASE_LEAKED -> JfrEvent.LeaseLeaked.class;
                            case LEASE_OVERDUE -> JfrEvent.LeaseOverdue.class;
                            case NESTED_ACQUIRE -> JfrEvent.NestedAcquire.class;
                            case CREATE_FAILED -> JfrEvent.CreateFailed.class;
                            case POOL_UNAVAILABLE -> JfrEvent.PoolUnavailable.class;
                            case POOL_RECOVERED -> JfrEvent.PoolRecovered.class;
                            case CALLBACK_FAILED -> JfrEvent.CallbackFailed.class;
                            case CONFIG_APPLIED -> JfrEvent.ConfigApplied.class;
                            case CONFIG_REJECTED -> JfrEvent.ConfigRejected.class;
                            case CONFIG_ROLLOUT_CHANGED -> JfrEvent.ConfigRolloutChanged.class;
                            case CACHE_LOAD_FAILED -> JfrEvent.CacheLoadFailed.class;
                            case CACHE_EVICTION_STORM -> JfrEvent.CacheEvictionStorm.class;
                            case MAPPING_FAULTED -> JfrEvent.MappingFaulted.class;
                            case MAPPING_ABANDONED -> JfrEvent.MappingAbandoned.class;
                            case HEALTH_CHANGED -> JfrEvent.HealthChanged.class;
                        })
                .isEnabled();
    }

    @Override
    public void publish(MonitorEvent event) {
        JfrEvent recorded =
                switch (event) {
                    case MonitorEvent.ResourceLeaked e -> leaked(e);
                    case MonitorEvent.ResourceOverdue e -> overdue(e);
                    case MonitorEvent.ResourceReturned e -> returned(e);
                    case MonitorEvent.CleanupFailed e -> cleanupFailed(e);
                    case MonitorEvent.CleanupAbandoned e -> abandoned(e);
                    case MonitorEvent.LeaseLeaked e -> leaked(e);
                    case MonitorEvent.LeaseOverdue e -> overdue(e);
                    case MonitorEvent.NestedAcquire e -> nested(e);
                    case MonitorEvent.CreateFailed e -> createFailed(e);
                    case MonitorEvent.PoolUnavailable e -> unavailable(e);
                    case MonitorEvent.PoolRecovered e -> recovered(e);
                    case MonitorEvent.CallbackFailed e -> callbackFailed(e);
                    case MonitorEvent.ConfigApplied e -> applied(e);
                    case MonitorEvent.ConfigRejected e -> rejected(e);
                    case MonitorEvent.ConfigRolloutChanged e -> rollout(e);
                    case CacheLoadFailed e -> loadFailed(e);
                    case CacheEvictionStorm e -> storm(e);
                    case MappingFaulted e -> faulted(e);
                    case MappingAbandoned e -> abandoned(e);
                    case MonitorEvent.HealthChanged e -> healthChanged(e);
                };
        recorded.source = event.source();
        recorded.at = event.at().toEpochMilli();
        recorded.message = event.message();
        recorded.commit();
    }

    private static JfrEvent leaked(MonitorEvent.ResourceLeaked e) {
        var r = new JfrEvent.ResourceLeaked();
        r.type = e.type();
        r.ageNanos = nanos(e.age());
        r.site = site(e.site());
        r.cleaned = e.cleaned();
        r.count = e.count();
        return r;
    }

    private static JfrEvent cleanupFailed(MonitorEvent.CleanupFailed e) {
        var r = new JfrEvent.CleanupFailed();
        r.resource = e.resource();
        r.attempts = e.attempts();
        r.failure = Describe.failure(e.failure());
        return r;
    }

    private static JfrEvent abandoned(MonitorEvent.CleanupAbandoned e) {
        var r = new JfrEvent.CleanupAbandoned();
        r.resource = e.resource();
        r.deadlineNanos = nanos(e.deadline());
        r.stack = frames(e.stack());
        return r;
    }

    private static JfrEvent leaked(MonitorEvent.LeaseLeaked e) {
        var r = new JfrEvent.LeaseLeaked();
        r.label = e.label();
        r.heldNanos = nanos(e.held());
        r.site = site(e.site());
        return r;
    }

    private static JfrEvent overdue(MonitorEvent.LeaseOverdue e) {
        var r = new JfrEvent.LeaseOverdue();
        r.label = e.label();
        r.heldNanos = nanos(e.held());
        r.site = site(e.site());
        r.holder = e.holder();
        r.holderStack = frames(e.holderStack());
        return r;
    }

    private static JfrEvent nested(MonitorEvent.NestedAcquire e) {
        var r = new JfrEvent.NestedAcquire();
        r.held = e.held();
        r.waitedNanos = nanos(e.waited());
        r.site = site(e.site());
        r.holder = e.holder();
        r.stack = frames(e.stack());
        return r;
    }

    private static JfrEvent createFailed(MonitorEvent.CreateFailed e) {
        var r = new JfrEvent.CreateFailed();
        r.attempts = e.attempts();
        r.failure = Describe.failure(e.failure());
        r.retryInNanos = nanos(e.retryIn());
        return r;
    }

    private static JfrEvent unavailable(MonitorEvent.PoolUnavailable e) {
        var r = new JfrEvent.PoolUnavailable();
        r.attempts = e.attempts();
        r.failure = Describe.failure(e.failure());
        r.refused = e.refused();
        return r;
    }

    private static JfrEvent recovered(MonitorEvent.PoolRecovered e) {
        var r = new JfrEvent.PoolRecovered();
        r.afterNanos = nanos(e.after());
        return r;
    }

    private static JfrEvent callbackFailed(MonitorEvent.CallbackFailed e) {
        var r = new JfrEvent.CallbackFailed();
        r.callback = e.callback();
        r.failure = Describe.failure(e.failure());
        return r;
    }

    private static JfrEvent applied(MonitorEvent.ConfigApplied e) {
        var r = new JfrEvent.ConfigApplied();
        r.version = e.version();
        r.cause = e.cause();
        return r;
    }

    private static JfrEvent rejected(MonitorEvent.ConfigRejected e) {
        var r = new JfrEvent.ConfigRejected();
        r.stage = e.stage();
        r.problems = String.join("\n", e.problems());
        return r;
    }

    private static JfrEvent rollout(MonitorEvent.ConfigRolloutChanged e) {
        var r = new JfrEvent.ConfigRolloutChanged();
        r.salt = e.salt();
        r.percentage = e.percentage();
        r.state = e.state();
        return r;
    }

    private static JfrEvent loadFailed(CacheLoadFailed e) {
        var r = new JfrEvent.CacheLoadFailed();
        r.key = e.key();
        r.failure = Describe.failure(e.failure());
        r.stale = e.stale();
        r.count = e.count();
        return r;
    }

    private static JfrEvent faulted(MappingFaulted e) {
        var r = new JfrEvent.MappingFaulted();
        r.file = e.file();
        r.mappedBytes = e.mappedBytes();
        r.fileBytes = e.fileBytes();
        r.count = e.count();
        return r;
    }

    private static JfrEvent abandoned(MappingAbandoned e) {
        var r = new JfrEvent.MappingAbandoned();
        r.file = e.file();
        r.bodies = e.bodies();
        r.waitedNanos = nanos(e.waited());
        return r;
    }

    private static JfrEvent storm(CacheEvictionStorm e) {
        var r = new JfrEvent.CacheEvictionStorm();
        r.evictions = e.evictions();
        r.withinNanos = nanos(e.within());
        r.entries = e.entries();
        return r;
    }

    private static JfrEvent healthChanged(MonitorEvent.HealthChanged e) {
        var r = new JfrEvent.HealthChanged();
        r.from = e.from().toString();
        r.to = e.to().toString();
        return r;
    }

    private static JfrEvent overdue(MonitorEvent.ResourceOverdue e) {
        var r = new JfrEvent.ResourceOverdue();
        r.resource = e.resource();
        r.type = e.type();
        r.heldNanos = nanos(e.held());
        r.holder = e.holder();
        r.site = site(e.site());
        return r;
    }

    private static JfrEvent returned(MonitorEvent.ResourceReturned e) {
        var r = new JfrEvent.ResourceReturned();
        r.resource = e.resource();
        r.type = e.type();
        r.heldNanos = nanos(e.held());
        return r;
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static @Nullable String site(@Nullable Throwable site) {
        return site == null ? null : frames(Arrays.asList(site.getStackTrace()));
    }

    private static String frames(List<StackTraceElement> stack) {
        return stack.stream()
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n"));
    }
}
