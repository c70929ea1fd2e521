package io.patinox.benchmarks.resource;

import io.netty.util.ResourceLeakDetector;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.lang.ref.Cleaner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A resource's life, as short as it can be: acquired, looked at, closed. One method an
/// implementation, written as a user would, with what it needs in instance fields.
///
/// What a method returns has escaped, so that the resource is a real object everywhere.
public class LifeBenchmark {

    /// Our registry.
    @State(Scope.Benchmark)
    public static class Patinox {

        private final ResourceRegistry registry = Peers.patinox();

        /// Closes the registry.
        @TearDown
        public void close() {
            registry.close();
        }
    }

    /// The JDK's cleaner.
    @State(Scope.Benchmark)
    public static class OfCleaner {

        private final Cleaner cleaner = Peers.cleaner();
    }

    /// Netty's detector.
    @State(Scope.Benchmark)
    public static class Netty {

        private final ResourceLeakDetector<NettyResource> detector = Peers.netty();
    }

    /// Acquires a guard, looks at its resource and closes it.
    ///
    /// @param state the registry
    /// @return the resource
    @Benchmark
    public Object patinox(Patinox state) {
        try (AsyncResourceGuard<PlainResource> guard =
                state.registry.acquire("plain", PlainResource::new, PlainResource::close)) {
            return guard.get();
        }
    }

    /// Registers a handle with its cleaner, looks at its resource and closes it.
    ///
    /// @param state the cleaner
    /// @return the resource
    @Benchmark
    public Object cleaner(OfCleaner state) {
        try (CleanerHandle handle = new CleanerHandle(state.cleaner, new PlainResource())) {
            return handle.resource();
        }
    }

    /// Has a resource tracked, and closes it.
    ///
    /// @param state the detector
    /// @return the resource
    @Benchmark
    public Object netty(Netty state) {
        try (NettyResource resource = new NettyResource(state.detector)) {
            return resource;
        }
    }

    /// Makes a resource and closes it: nobody tracks it.
    ///
    /// @return the resource
    @Benchmark
    public Object plain() {
        try (PlainResource resource = new PlainResource()) {
            return resource;
        }
    }
}
