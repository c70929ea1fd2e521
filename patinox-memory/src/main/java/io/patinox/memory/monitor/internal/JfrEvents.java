package io.patinox.memory.monitor.internal;

import io.patinox.memory.monitor.Monitor;

/// Finds out whether the JVM has a flight recorder, without needing one.
public final class JfrEvents {

    private JfrEvents() {}

    /// Returns the monitor that writes flight recorder events, or one that wants nothing where the
    /// module `jdk.jfr` is not in the graph.
    ///
    /// @return the monitor
    public static Monitor monitor() {
        return present() ? new JfrMonitor() : NoopMonitor.INSTANCE;
    }

    // JfrMonitor and the event classes are linked only after this has said yes
    private static boolean present() {
        try {
            Class.forName("jdk.jfr.Event", false, JfrEvents.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
