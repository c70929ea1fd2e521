package io.patinox.memory.monitor;

import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.internal.AllMonitor;
import io.patinox.memory.monitor.internal.JfrEvents;
import io.patinox.memory.monitor.internal.LoggingMonitor;
import io.patinox.memory.monitor.internal.NoopMonitor;
import java.util.Arrays;
import java.util.List;

/// Where components report to: one object for a service, passed to every builder.
///
/// There are two channels. Metrics are pulled: a component [registers][#register(MetricsSource)]
/// itself for as long as it lives, and whoever wants figures asks it for them. Rare events are
/// pushed: leaks, stuck cleanups, failed creations, changes of health. Nothing is pushed per
/// operation.
///
/// {@snippet file="io/patinox/memory/examples/MonitorExamples.java" region="own"}
///
/// *Threads.* A component calls its monitor through an [IsolatedMonitor], so an implementation is
/// called by one thread at a time for one component, but by several for several components: it must
/// be thread-safe. It may block, throw, or call the component back; the worst that happens is that
/// events are dropped and counted.
///
/// *Lifecycle.* A monitor outlives the components that report to it. It is not closed by them.
@FunctionalInterface
public interface Monitor {

    /// Tells whether events of a kind are wanted. A component asks before it builds an event, and
    /// may remember the answer for a second.
    ///
    /// @param kind the kind
    /// @return whether to publish events of this kind; by default yes
    default boolean enabled(EventKind kind) {
        return true;
    }

    /// Takes an event.
    ///
    /// @param event what happened
    void publish(MonitorEvent event);

    /// Takes a component to pull metrics and health from, until it is unregistered. By default it
    /// is ignored.
    ///
    /// @param source the component
    default void register(MetricsSource source) {}

    /// Forgets a component that was registered; it is being closed. By default it is ignored.
    ///
    /// @param source the component
    default void unregister(MetricsSource source) {}

    /// Returns a monitor that wants nothing. It is the default of every builder.
    ///
    /// @return the monitor
    static Monitor noop() {
        return NoopMonitor.INSTANCE;
    }

    /// Returns a monitor that writes events to the JDK's flight recorder, as
    /// `io.patinox.memory.ResourceLeaked` and so on, one type a kind.
    ///
    /// On the module path the module `jdk.jfr` must be in the graph (`--add-modules jdk.jfr`). In a
    /// JVM without it this is [#noop()].
    ///
    /// @return the monitor
    static Monitor jfr() {
        return JfrEvents.monitor();
    }

    /// Returns a monitor that logs events to the `System.Logger` named `io.patinox.memory`.
    ///
    /// @return the monitor
    static Monitor logging() {
        return logging(System.getLogger("io.patinox.memory"));
    }

    /// Returns a monitor that logs events to a logger: abandoned cleanups and DOWN as errors, a
    /// return to UP and changes of a configuration as information, everything else as warnings. The
    /// place where a leaked object was acquired comes as the record's throwable.
    ///
    /// @param logger the logger
    /// @return the monitor
    static Monitor logging(System.Logger logger) {
        return new LoggingMonitor(Options.required("logger", logger));
    }

    /// Returns a monitor that passes everything on to several, in their order.
    ///
    /// One that throws does not keep the others from being called; its exception is thrown when all
    /// have been, with those of further ones suppressed in it.
    ///
    /// @param monitors the monitors
    /// @return the monitor
    static Monitor all(Monitor... monitors) {
        return all(Arrays.asList(Options.required("monitors", monitors)));
    }

    /// Returns a monitor that passes everything on to several, in their order.
    ///
    /// One that throws does not keep the others from being called; its exception is thrown when all
    /// have been, with those of further ones suppressed in it.
    ///
    /// @param monitors the monitors
    /// @return the monitor
    static Monitor all(List<? extends Monitor> monitors) {
        Options.required("monitors", monitors);
        for (Monitor monitor : monitors) {
            Options.required("monitors", monitor);
        }
        return new AllMonitor(List.copyOf(monitors));
    }
}
