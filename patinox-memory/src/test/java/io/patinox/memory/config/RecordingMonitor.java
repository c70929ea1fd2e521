package io.patinox.memory.config;

import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what it is told, which is delivered by another thread.
final class RecordingMonitor implements Monitor {
    private final List<MonitorEvent> events = new CopyOnWriteArrayList<>();
    private final List<MetricsSource> sources = new CopyOnWriteArrayList<>();

    @Override
    public void publish(MonitorEvent event) {
        events.add(event);
    }

    @Override
    public void register(MetricsSource source) {
        sources.add(source);
    }

    @Override
    public void unregister(MetricsSource source) {
        sources.remove(source);
    }

    List<MetricsSource> sources() {
        return sources;
    }

    <E extends MonitorEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// Waits for a number of events.
    <E extends MonitorEvent> List<E> await(Class<E> kind, int count) {
        org.awaitility.Awaitility.await().until(() -> events(kind).size() >= count);
        return events(kind);
    }
}
