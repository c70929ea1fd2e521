/// The door to every comparison: one command, one way to measure, one report.
///
/// A [io.patinox.benchmarks.door.Group] names [io.patinox.benchmarks.door.Regime]s and
/// [io.patinox.benchmarks.door.Bar]s. [io.patinox.benchmarks.door.BenchRun] measures every
/// implementation of every regime in a JVM of its own, round after round, so that each round holds
/// one fork of each implementation close together in time.
/// [io.patinox.benchmarks.door.Measurements] keeps the figure of every fork;
/// [io.patinox.benchmarks.door.Report] sums them up and judges the bars.
@NullMarked
package io.patinox.benchmarks.door;

import org.jspecify.annotations.NullMarked;
