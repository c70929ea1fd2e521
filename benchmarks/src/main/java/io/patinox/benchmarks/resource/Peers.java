package io.patinox.benchmarks.resource;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.patinox.memory.resource.ResourceRegistry;
import java.lang.ref.Cleaner;

/// The implementations, as they come: nothing is set that has a default.
final class Peers {

    static final String PATINOX = "patinox";
    static final String PATINOX_OPEN = "patinox open()";
    static final String PATINOX_BALANCE = "patinox balance()";
    static final String CLEANER = "Cleaner";
    static final String NETTY = "netty";
    static final String PLAIN = "try-with-resources";
    static final String SET = "concurrent set";

    private Peers() {}

    /// Ours: metrics and leak tracking are on.
    static ResourceRegistry patinox() {
        return ResourceRegistry.builder("bench").build();
    }

    static Cleaner cleaner() {
        return Cleaner.create();
    }

    /// Level SIMPLE, one resource in 128.
    static ResourceLeakDetector<NettyResource> netty() {
        return ResourceLeakDetectorFactory.instance().newResourceLeakDetector(NettyResource.class);
    }
}
