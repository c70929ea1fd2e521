/// The group `pool`: acquire and release beside HikariCP, commons-pool2 and a fair semaphore.
///
/// [io.patinox.benchmarks.pool.PoolGroup] lists the regimes and the bars. Where nobody waits, JMH
/// measures ([io.patinox.benchmarks.pool.UncontendedBenchmark]); where borrowers queue,
/// [io.patinox.benchmarks.pool.Crowd] does, because a mean hides who waited.
@NullMarked
package io.patinox.benchmarks.pool;

import org.jspecify.annotations.NullMarked;
