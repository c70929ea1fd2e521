/// What components report: metrics that are pulled, rare events that are pushed, and health.
///
/// A service makes one [Monitor][io.patinox.memory.monitor.Monitor] and passes it to every builder.
/// A component registers itself there as a
/// [MetricsSource][io.patinox.memory.monitor.MetricsSource], which can be asked for a
/// [MetricsSnapshot][io.patinox.memory.monitor.MetricsSnapshot] and its
/// [Health][io.patinox.memory.monitor.Health], and publishes a
/// [MonitorEvent][io.patinox.memory.monitor.MonitorEvent] when something rare happens.
///
/// {@snippet file="io/patinox/memory/examples/MonitorExamples.java" region="own"}
///
/// Figures cost nothing until they are read: counters and histograms are striped, and recording
/// allocates nothing. Events reach the monitor through an
/// [IsolatedMonitor][io.patinox.memory.monitor.IsolatedMonitor], so one that throws, blocks or is
/// slow can't hurt a component.
///
/// The package knows `error` only. All events of the library are here, because a sealed root must
/// name its leaves.
@NullMarked
package io.patinox.memory.monitor;

import org.jspecify.annotations.NullMarked;
