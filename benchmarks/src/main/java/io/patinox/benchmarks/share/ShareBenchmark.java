package io.patinox.benchmarks.share;

import io.patinox.memory.share.SharedData;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Shares a value with somebody else and is done with it: one method an implementation.
public class ShareBenchmark {

    /// Our handle, which all threads share from.
    @State(Scope.Benchmark)
    public static class Patinox {
        private final SharedData<Payload> data = SharedData.of(Payload.some());
    }

    /// A count of references, as Netty's buffers and Rust's `Arc` have one.
    @State(Scope.Benchmark)
    public static class Count {
        private final AtomicInteger references = new AtomicInteger(1);
    }

    /// Makes a handle, which the collector takes care of.
    ///
    /// @param state the handle
    /// @return the other handle
    @Benchmark
    public Object patinox(Patinox state) {
        return state.data.share();
    }

    /// Counts a reference up, and down again when it is dropped.
    ///
    /// @param state the count
    /// @return the count
    @Benchmark
    public int referenceCount(Count state) {
        return state.references.incrementAndGet() + state.references.decrementAndGet();
    }
}
