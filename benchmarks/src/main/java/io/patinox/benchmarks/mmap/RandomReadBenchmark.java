package io.patinox.benchmarks.mmap;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Adds up elements here and there: one method an implementation.
public class RandomReadBenchmark {

    /// Reads our file.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ACCESSES)
    public double patinox(PatinoxStructs state) {
        return state.randomSum();
    }

    /// Reads the array.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ACCESSES)
    public double array(ArrayStructs state) {
        return state.randomSum();
    }

    /// Reads the segment.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ACCESSES)
    public double segment(SegmentStructs state) {
        return state.randomSum();
    }

    /// Reads Chronicle Bytes.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ACCESSES)
    public double chronicle(ChronicleStructs state) {
        return state.randomSum();
    }

    /// Reads Agrona's buffer.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ACCESSES)
    public double agrona(AgronaStructs state) {
        return state.randomSum();
    }
}
