/// The group `config`: live configuration beside other libraries.
///
/// [io.patinox.benchmarks.config.ConfigGroup] lists the regimes and the bars. What a typed read
/// costs is measured by JMH ([io.patinox.benchmarks.config.ReadBenchmark]). What a reader makes of
/// a file that editors, scripts and Kubernetes save ([io.patinox.benchmarks.config.SaveStyle]) is
/// noted by a [io.patinox.benchmarks.config.Journal] for each style, and summed up by
/// [io.patinox.benchmarks.config.Saves].
@NullMarked
package io.patinox.benchmarks.config;

import org.jspecify.annotations.NullMarked;
