package io.patinox.memory.resource;

import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what it is told.
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
}
