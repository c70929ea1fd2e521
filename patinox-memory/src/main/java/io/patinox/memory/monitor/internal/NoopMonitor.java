package io.patinox.memory.monitor.internal;

import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;

/// A monitor that wants nothing.
public enum NoopMonitor implements Monitor {
    /// The only one.
    INSTANCE;

    @Override
    public boolean enabled(EventKind kind) {
        return false;
    }

    @Override
    public void publish(MonitorEvent event) {}
}
