/// The benchmarks: the library and its peers, measured side by side in one run.
///
/// - [io.patinox.benchmarks.door] runs any group: options, interleaved forks, figures, bars,
///   report.
/// - one package a group holds what is measured, for example [io.patinox.benchmarks.pool].
///
/// A group is a [io.patinox.benchmarks.door.Group], found by the service loader; the door knows
/// none by name.
@NullMarked
package io.patinox.benchmarks;

import org.jspecify.annotations.NullMarked;
