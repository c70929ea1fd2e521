package io.patinox.benchmarks.pool;

/// What one borrower notes about its acquires, without allocating.
///
/// Written by its borrower alone, read after the borrower has ended.
final class WaitLog {

    final long[] requestedNanos;
    final long[] grantedNanos;
    final long[] releasedNanos;
    int size;

    WaitLog(int capacity) {
        requestedNanos = new long[capacity];
        grantedNanos = new long[capacity];
        releasedNanos = new long[capacity];
    }

    boolean full() {
        return size == requestedNanos.length;
    }

    /// Notes an acquire.
    ///
    /// @param requested when it began
    /// @param granted when it had succeeded
    /// @param released when the object's last borrower began to release it
    void add(long requested, long granted, long released) {
        requestedNanos[size] = requested;
        grantedNanos[size] = granted;
        releasedNanos[size] = released;
        size++;
    }

    /// Returns how long each acquire took, in the order of their notes.
    long[] waitsNanos() {
        long[] waits = new long[size];
        for (int i = 0; i < size; i++) {
            waits[i] = grantedNanos[i] - requestedNanos[i];
        }
        return waits;
    }
}
