/// The group `hitratio`: how many hits our adaptive policy has beside Caffeine, cache2k, S3-FIFO
/// and the best that is possible.
///
/// [io.patinox.benchmarks.hitratio.HitRatioGroup] lists the regimes and the bars. Nothing here
/// measures time, so nothing needs a JVM of its own.
@NullMarked
package io.patinox.benchmarks.hitratio;

import org.jspecify.annotations.NullMarked;
