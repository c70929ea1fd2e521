/// Owning resources: what is acquired is registered in the same step, cleaned up exactly once, and
/// accounted for.
///
/// A [io.patinox.memory.resource.ResourceRegistry] knows every live resource. Acquiring one gives
/// an [io.patinox.memory.resource.AsyncResourceGuard], through which it is used and closed:
///
/// {@snippet file="io/patinox/memory/examples/ResourceExamples.java" region="acquire"}
///
/// A resource is cleaned up by whichever comes first:
///
/// 1. `close()` or `cleanup()` of its guard: prompt and certain, the way to prefer;
/// 2. the closing of its registry, by [io.patinox.memory.resource.CleanupPriority], owners before
///    what they own, newest first;
/// 3. the garbage collector finding the guard unreachable: a safety net without a time bound.
///
/// Cleanups other than a plain `close()` run on virtual threads of the registry, each with a
/// deadline: one that hangs is interrupted, then abandoned and reported, and holds up no other.
///
/// At any quiet moment `acquired = cleaned + failed + abandoned + detached + open`; see
/// [io.patinox.memory.resource.ResourceBalance].
///
/// The package uses `error` and `monitor`, and is used by the pool and all other parts that own
/// something. No argument may be null unless its type says so.
@NullMarked
package io.patinox.memory.resource;

import org.jspecify.annotations.NullMarked;
