package io.patinox.contract.pool;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the events.
final class EventLog implements Monitor {
    final List<MonitorEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void publish(MonitorEvent event) {
        events.add(event);
    }

    <E extends MonitorEvent> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
