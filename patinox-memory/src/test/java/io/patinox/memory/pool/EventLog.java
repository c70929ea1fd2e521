package io.patinox.memory.pool;

import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A monitor that remembers.
public final class EventLog implements Monitor {
    public final List<MonitorEvent> events = new CopyOnWriteArrayList<>();
    public final List<MetricsSource> sources = new CopyOnWriteArrayList<>();

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

    public <E extends MonitorEvent> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
