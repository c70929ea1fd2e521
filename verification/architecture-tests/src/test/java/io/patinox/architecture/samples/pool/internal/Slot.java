package io.patinox.architecture.samples.pool.internal;

public final class Slot {}
