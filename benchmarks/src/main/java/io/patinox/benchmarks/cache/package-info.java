/// The group `cache`: our cache beside Caffeine, cache2k, Guava's and a plain map.
///
/// [io.patinox.benchmarks.cache.CacheGroup] lists the regimes and the bars. A
/// [io.patinox.benchmarks.cache.Scene] says what the caches of a fork are like.
@NullMarked
package io.patinox.benchmarks.cache;

import org.jspecify.annotations.NullMarked;
