package io.patinox.benchmarks.resource;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/// A resource that Netty's detector tracks, as Netty's own are written: it keeps its tracker, which
/// is null for most of them, and an atomic state, for the tracker does not see to it that the
/// resource is closed once.
final class NettyResource implements AutoCloseable {

    private static final AtomicIntegerFieldUpdater<NettyResource> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(NettyResource.class, "closed");

    private final @Nullable ResourceLeakTracker<NettyResource> tracker;
    private volatile int closed;

    NettyResource(ResourceLeakDetector<NettyResource> detector) {
        tracker = detector.track(this);
    }

    @Override
    public void close() {
        if (CLOSED.compareAndSet(this, 0, 1) && tracker != null) {
            tracker.close(this);
        }
    }

    boolean isClosed() {
        return closed != 0;
    }
}
