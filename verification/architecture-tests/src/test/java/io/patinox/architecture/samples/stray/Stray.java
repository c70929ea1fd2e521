package io.patinox.architecture.samples.stray;

final class Stray {}
