package io.patinox.memory.pool.internal;

/// Keeps the fields of neighbouring slots on different cache lines, and on different pairs of them.
@SuppressWarnings("unused") // it is the room that counts
abstract class SlotPadding {
    private long p01;
    private long p02;
    private long p03;
    private long p04;
    private long p05;
    private long p06;
    private long p07;
    private long p08;
    private long p09;
    private long p10;
    private long p11;
    private long p12;
    private long p13;
    private long p14;
}
