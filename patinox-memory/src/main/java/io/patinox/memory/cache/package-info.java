/// Caches: values that can be had again, as many as there is room for.
///
/// A [Cache][io.patinox.memory.cache.Cache] is a bounded concurrent map that decides itself what to
/// keep, by an [EvictionPolicy][io.patinox.memory.cache.EvictionPolicy]; a
/// [LoadingCache][io.patinox.memory.cache.LoadingCache] makes what is missing, once for a key at a
/// time.
///
/// {@snippet file="io/patinox/memory/examples/CacheExamples.java" region="first"}
///
/// **Invariants**, which the tests of this package check after every run:
///
/// 1. The cache is within its bounds whenever no operation is under way, unless all of it is
///    pinned.
/// 2. Each value that was put in leaves once, for one cause, or is there.
/// 3. A hit takes no lock, allocates nothing, and writes nothing but a counter in its entry; one of
///    an exact policy excepted.
/// 4. No function of the user runs under a lock, except eviction listeners and policies. One key
///    has one function at work at a time; the others aren't held up.
/// 5. What was loaded after its key was written or invalidated is not cached.
///
/// The package depends on `monitor` and `error`, and on no other part.
@NullMarked
package io.patinox.memory.cache;

import org.jspecify.annotations.NullMarked;
