/// Data that many threads read and few change.
///
/// {@snippet file="io/patinox/memory/examples/ShareExamples.java" region="start"}
///
/// - [SharedData][io.patinox.memory.share.SharedData]: a handle of a value. Handles are shared for
///   a few nanoseconds and diverge when one is changed; a mutable payload is copied only if
///   somebody else can have seen it.
/// - [MutableSharedData][io.patinox.memory.share.MutableSharedData]: one piece of data in which
///   everybody sees every change, by snapshots that are read without a lock, or in place under a
///   read-write lock.
/// - [Watch][io.patinox.memory.share.Watch]: tells of changes to mutable shared data; whoever is
///   slow gets the newest value and hurts nobody.
/// - [Snapshot][io.patinox.memory.share.Snapshot]: a value and its version, read together.
/// - [DerivedData][io.patinox.memory.share.DerivedData]: what a function makes of the data, once a
///   version.
///
/// Values are never null. Versions begin at 1. This package knows `error`, `monitor` and
/// `resource`, and none of the other parts.
@NullMarked
package io.patinox.memory.share;

import org.jspecify.annotations.NullMarked;
