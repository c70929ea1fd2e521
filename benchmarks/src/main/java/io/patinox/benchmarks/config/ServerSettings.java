package io.patinox.benchmarks.config;

/// What is read in every measurement.
///
/// @param port a number to read
/// @param host something else
record ServerSettings(int port, String host) {}
