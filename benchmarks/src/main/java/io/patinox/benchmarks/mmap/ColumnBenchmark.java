package io.patinox.benchmarks.mmap;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Adds one component of all elements up: one method an implementation.
public class ColumnBenchmark {

    /// Reads our file.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public long patinox(PatinoxStructs state) {
        return state.sumColumn();
    }

    /// Reads the array.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public long array(ArrayStructs state) {
        return state.sumColumn();
    }

    /// Reads the segment.
    ///
    /// @param state the trades
    /// @return the sum
    @Benchmark
    @OperationsPerInvocation(Scale.ALL)
    public long segment(SegmentStructs state) {
        return state.sumColumn();
    }
}
