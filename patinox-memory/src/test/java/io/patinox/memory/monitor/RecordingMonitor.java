package io.patinox.memory.monitor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Writes down every call in its order.
public final class RecordingMonitor implements Monitor {

    public final List<Object> calls = new CopyOnWriteArrayList<>();

    @Override
    public void publish(MonitorEvent event) {
        calls.add(event);
    }

    @Override
    public void register(MetricsSource source) {
        calls.add("+" + source.name());
    }

    @Override
    public void unregister(MetricsSource source) {
        calls.add("-" + source.name());
    }
}
