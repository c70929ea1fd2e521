package io.patinox.memory.monitor.internal;

import io.patinox.memory.internal.Describe;
import io.patinox.memory.monitor.EventKind;
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
                            case CLEANUP_FAILED -> JfrEvent.CleanupFailed.class;
                            case CLEANUP_ABANDONED -> JfrEvent.CleanupAbandoned.class;
                            case LEASE_LEAKED -> JfrEvent.LeaseLeaked.class;
                            case LEASE_OVERDUE -> JfrEvent.LeaseOverdue.class;
                            case CREATE_FAILED -> JfrEvent.CreateFailed.class;
                            case CALLBACK_FAILED -> JfrEvent.CallbackFailed.class;
                            case HEALTH_CHANGED -> JfrEvent.HealthChanged.class;
                        })
                .isEnabled();
    }

    @Override
    public void publish(MonitorEvent event) {
        JfrEvent recorded =
                switch (event) {
                    case MonitorEvent.ResourceLeaked e -> {
                        var r = new JfrEvent.ResourceLeaked();
                        r.type = e.type();
                        r.ageNanos = nanos(e.age());
                        r.site = site(e.site());
                        r.cleaned = e.cleaned();
                        yield r;
                    }
                    case MonitorEvent.CleanupFailed e -> {
                        var r = new JfrEvent.CleanupFailed();
                        r.resource = e.resource();
                        r.attempts = e.attempts();
                        r.failure = Describe.failure(e.failure());
                        yield r;
                    }
                    case MonitorEvent.CleanupAbandoned e -> {
                        var r = new JfrEvent.CleanupAbandoned();
                        r.resource = e.resource();
                        r.deadlineNanos = nanos(e.deadline());
                        r.stack = frames(e.stack());
                        yield r;
                    }
                    case MonitorEvent.LeaseLeaked e -> {
                        var r = new JfrEvent.LeaseLeaked();
                        r.heldNanos = nanos(e.held());
                        r.site = site(e.site());
                        yield r;
                    }
                    case MonitorEvent.LeaseOverdue e -> {
                        var r = new JfrEvent.LeaseOverdue();
                        r.heldNanos = nanos(e.held());
                        r.site = site(e.site());
                        r.holder = e.holder();
                        r.holderStack = frames(e.holderStack());
                        yield r;
                    }
                    case MonitorEvent.CreateFailed e -> {
                        var r = new JfrEvent.CreateFailed();
                        r.attempts = e.attempts();
                        r.failure = Describe.failure(e.failure());
                        r.retryInNanos = nanos(e.retryIn());
                        yield r;
                    }
                    case MonitorEvent.CallbackFailed e -> {
                        var r = new JfrEvent.CallbackFailed();
                        r.callback = e.callback();
                        r.failure = Describe.failure(e.failure());
                        yield r;
                    }
                    case MonitorEvent.HealthChanged e -> {
                        var r = new JfrEvent.HealthChanged();
                        r.from = e.from().toString();
                        r.to = e.to().toString();
                        yield r;
                    }
                };
        recorded.source = event.source();
        recorded.at = event.at().toEpochMilli();
        recorded.message = event.message();
        recorded.commit();
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
