package io.patinox.benchmarks.resource;

import java.util.concurrent.atomic.AtomicLong;

/// A resource that says when it is closed, to somebody who believes nobody's books.
final class CountedResource extends PlainResource {

    private final AtomicLong closes;

    /// Creates an open resource.
    ///
    /// @param closes counts every close, also a second one
    CountedResource(AtomicLong closes) {
        this.closes = closes;
    }

    @Override
    public void close() {
        super.close();
        closes.incrementAndGet();
    }
}
