package io.patinox.memory.pool;

/// Keeps the package exportable until its first type arrives.
interface Placeholder {}
