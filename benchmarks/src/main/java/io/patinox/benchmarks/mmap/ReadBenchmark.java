package io.patinox.benchmarks.mmap;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Adds all up, from the first to the last: one method an implementation.
public class ReadBenchmark {

    /// Reads our file.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public double patinox(PatinoxStructs state) {
        return state.sum();
    }

    /// Reads our file by a function for each element.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public double patinoxForEach(PatinoxStructs state) {
        return state.sumForEach();
    }

    /// Reads our file through views.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public double patinoxView(PatinoxView state) {
        return state.sum();
    }

    /// Reads the array.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public double array(ArrayStructs state) {
        return state.sum();
    }

    /// Reads the segment.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public double segment(SegmentStructs state) {
        return state.sum();
    }

    /// Reads Chronicle Bytes.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public double chronicle(ChronicleStructs state) {
        return state.sum();
    }

    /// Reads Agrona's buffer.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public double agrona(AgronaStructs state) {
        return state.sum();
    }

    /// Reads the stream.
    ///
    /// @param state the trades
    /// @return the sum
    /// @throws Exception if that fails
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public double stream(StreamStructs state) throws Exception {
        return state.sum();
    }
}
