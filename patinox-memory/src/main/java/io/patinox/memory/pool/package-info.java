/// Pools: objects that are costly to make and are shared out, one borrower at a time.
///
/// A [Pool][io.patinox.memory.pool.Pool] takes a
/// [ConnectionManager][io.patinox.memory.pool.ConnectionManager] that knows how to create,
/// validate, recycle and destroy one kind of object, and hands out leases
/// ([PooledConnection][io.patinox.memory.pool.PooledConnection]). The object need not be a
/// connection: whatever is scarce and reusable can be pooled.
///
/// {@snippet file="io/patinox/memory/examples/PoolExamples.java" region="borrow"}
///
/// **Order.** The pool is strictly first in, first out: nobody whose acquire began after you were
/// queued is served before you. Among idle objects the pool prefers those it handed out before, so
/// that the surplus stays idle and can be retired.
///
/// **Invariants**, which the tests of this package check after every run:
///
/// 1. Every object is in exactly one state: being created, idle, in use, or handed to its cleanup.
/// 2. `inUse + idle + creating <= maxSize` at every moment. An attempt to create that was given up
///    at its time limit doesn't count, nor does an object on its way to its end, nor what is left
///    to come back after `maxSize` was lowered.
/// 3. No waiter is queued while an object is idle, except for the moment of handing it over, and
///    while the pool is suspended.
/// 4. Each object that was created or donated is destroyed exactly once, by the cleanup engine of
///    the registry, whatever becomes of its borrower, unless it was detached.
/// 5. A wait ends: by a lease, at its deadline, by interruption or cancellation, or at close.
///
/// The package depends on `resource`, `monitor` and `error`, and on no other part.
@NullMarked
package io.patinox.memory.pool;

import org.jspecify.annotations.NullMarked;
