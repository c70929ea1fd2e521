package io.patinox.contract.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps the events of a component until it is gone.
final class EventLog implements Monitor {
    final List<MonitorEvent> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch gone;

    EventLog() {
        this(1);
    }

    /// Serves several components, which end together.
    EventLog(int components) {
        gone = new CountDownLatch(components);
    }

    @Override
    public void publish(MonitorEvent event) {
        events.add(event);
    }

    @Override
    public void unregister(MetricsSource source) {
        gone.countDown();
    }

    <E extends MonitorEvent> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// Gives all events of a kind there will ever be: a component's last word is that it goes.
    <E extends MonitorEvent> List<E> allOf(Class<E> kind) throws InterruptedException {
        assertThat(gone.await(30, TimeUnit.SECONDS)).as("unregistered").isTrue();
        return of(kind);
    }
}
