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
/// 1. `close()` or `cleanup()` of its guard, or the closing of the
///    [io.patinox.memory.resource.ResourceScope] it is in: prompt and certain, the way to prefer;
/// 2. the cleaning up of what it depends on, of a selection it is in, or of the oldest under a
///    limit;
/// 3. the closing of its registry, by [io.patinox.memory.resource.CleanupPriority], owners before
///    what they own, dependants before what they depend on, newest first;
/// 4. the garbage collector finding the guard unreachable: a safety net without a time bound.
///
/// Cleanups other than a plain `close()` run on virtual threads of the registry, each with a
/// deadline: one that hangs is interrupted, then abandoned and reported, and holds up no other. One
/// that fails is tried again if its error says so.
///
/// The invariants, whatever races with whatever:
///
/// - a cleanup is never run by two threads at once, and never again once it has returned;
/// - a resource has one outcome, and whoever asks is told that;
/// - what a supplier has opened is registered or cleaned up, never lost;
/// - what depends on another is cleaned up before it;
/// - no code of the user runs while a lock of the registry is held;
/// - nobody who waits for an outcome waits in vain.
///
/// At any quiet moment `acquired = cleaned + failed + abandoned + detached + open`; see
/// [io.patinox.memory.resource.ResourceBalance].
///
/// The package uses `error` and `monitor`, and is used by the pool and all other parts that own
/// something. No argument may be null unless its type says so.
@NullMarked
package io.patinox.memory.resource;

import org.jspecify.annotations.NullMarked;
