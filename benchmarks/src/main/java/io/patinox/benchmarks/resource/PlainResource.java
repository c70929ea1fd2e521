package io.patinox.benchmarks.resource;

/// What everybody acquires and closes: a fresh object of 16 bytes, which is open or not.
///
/// It is a `Runnable` so that a `Cleaner` can run it as it is, without one more object between.
class PlainResource implements AutoCloseable, Runnable {

    private boolean closed;

    /// Idempotent on one thread; that it is called once among several is its owner's work.
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public final void run() {
        close();
    }

    final boolean isClosed() {
        return closed;
    }
}
