/// How the pool works inside: not exported.
///
/// `FifoEngine` (engine A) knows slots by number and nothing of objects: control words of free bits
/// and a waiter count, and a queue.
@NullMarked
package io.patinox.memory.pool.internal;

import org.jspecify.annotations.NullMarked;
