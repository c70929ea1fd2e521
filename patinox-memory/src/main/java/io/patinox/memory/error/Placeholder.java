package io.patinox.memory.error;

/// Keeps the package exportable until its first type arrives.
interface Placeholder {}
