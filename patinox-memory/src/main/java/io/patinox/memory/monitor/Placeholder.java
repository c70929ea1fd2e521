package io.patinox.memory.monitor;

/// Keeps the package exportable until its first type arrives.
interface Placeholder {}
