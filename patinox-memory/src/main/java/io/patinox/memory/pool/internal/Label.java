package io.patinox.memory.pool.internal;

/// What a borrower calls its lease. It belongs to one use of its slot: so the next lease need not
/// erase it.
///
/// @param use the use, counted as in the slot
/// @param text what it is called
record Label(long use, String text) {}
