package io.patinox.benchmarks.share;

import io.patinox.memory.share.SharedData;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Reads a shared value: one method an implementation. What holds it is in an instance field.
public class GetBenchmark {

    /// Our handle.
    @State(Scope.Benchmark)
    public static class Patinox {
        private final SharedData<Payload> data = SharedData.of(Payload.some());
    }

    /// A volatile field: nothing can be read for less.
    @State(Scope.Benchmark)
    public static class Field {
        private volatile Payload value = Payload.some();
    }

    /// A reference of the JDK.
    @State(Scope.Benchmark)
    public static class Reference {
        private final AtomicReference<Payload> value = new AtomicReference<>(Payload.some());
    }

    /// Reads our handle.
    ///
    /// @param state the handle
    /// @return the value
    @Benchmark
    public Object patinox(Patinox state) {
        return state.data.get();
    }

    /// Reads the field.
    ///
    /// @param state the field
    /// @return the value
    @Benchmark
    public Object field(Field state) {
        return state.value;
    }

    /// Reads the reference.
    ///
    /// @param state the reference
    /// @return the value
    @Benchmark
    public Object reference(Reference state) {
        return state.value.get();
    }
}
