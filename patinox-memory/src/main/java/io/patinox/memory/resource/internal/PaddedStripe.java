package io.patinox.memory.resource.internal;

/// A stripe that shares no cache line with its neighbour: the header with the monitor and the
/// fields of [Stripe] come first, and two lines of nothing after them (two, since lines are
/// prefetched in pairs).
@SuppressWarnings("unused") // space is all these fields are for
final class PaddedStripe extends Stripe {
    private long p00;
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
    private long p15;
}
