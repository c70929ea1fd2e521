package io.patinox.jdbc;

/// Keeps the package exportable until its first type arrives.
interface Placeholder {}
