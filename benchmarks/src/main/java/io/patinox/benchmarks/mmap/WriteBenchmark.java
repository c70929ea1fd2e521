package io.patinox.benchmarks.mmap;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Writes all, from the first to the last: one method an implementation.
public class WriteBenchmark {

    /// Writes our file.
    ///
    /// @param state the trades
    /// @return the round
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public int patinox(PatinoxStructs state) {
        return state.write();
    }

    /// Writes the array.
    ///
    /// @param state the trades
    /// @return the round
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public int array(ArrayStructs state) {
        return state.write();
    }

    /// Writes the segment.
    ///
    /// @param state the trades
    /// @return the round
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public int segment(SegmentStructs state) {
        return state.write();
    }

    /// Writes Chronicle Bytes.
    ///
    /// @param state the trades
    /// @return the round
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public int chronicle(ChronicleStructs state) {
        return state.write();
    }

    /// Writes Agrona's buffer.
    ///
    /// @param state the trades
    /// @return the round
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public int agrona(AgronaStructs state) {
        return state.write();
    }

    /// Writes the stream.
    ///
    /// @param state the trades
    /// @return the round
    /// @throws Exception if that fails
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public int stream(StreamStructs state) throws Exception {
        return state.write();
    }
}
