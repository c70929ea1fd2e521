package io.patinox.architecture.samples.share;

public class Shared {}
