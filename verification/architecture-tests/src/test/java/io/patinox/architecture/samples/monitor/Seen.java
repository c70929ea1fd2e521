package io.patinox.architecture.samples.monitor;

public class Seen {}
