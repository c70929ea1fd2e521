/// How the pool works inside: not exported.
///
/// `FifoEngine` knows slots by number and nothing of objects: `FreeSlots` (engine A:
/// `ControlWords`, engine B: `GatedSlots`) and a queue. `ObjectPool` puts objects into the slots:
/// `Population` decides when to create, `Attendant` runs what must not run on a borrower's thread,
/// `Keeper` is the one background thread, `Slot` is one place for one object and `Lease` the right
/// to use it.
@NullMarked
package io.patinox.memory.pool.internal;

import org.jspecify.annotations.NullMarked;
