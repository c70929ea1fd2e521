package io.patinox.memory.resource;

/// Keeps the package exportable until its first type arrives.
interface Placeholder {}
