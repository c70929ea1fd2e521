package io.patinox.benchmarks.mmap;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Writes elements here and there: one method an implementation.
public class RandomWriteBenchmark {

    /// Writes our file.
    ///
    /// @param state the trades
    /// @return the last that was written
    @Benchmark
    @OperationsPerInvocation(Scale.ACCESSES)
    public long patinox(PatinoxStructs state) {
        return state.randomWrite();
    }

    /// Writes the array.
    ///
    /// @param state the trades
    /// @return the last that was written
    @Benchmark
    @OperationsPerInvocation(Scale.ACCESSES)
    public long array(ArrayStructs state) {
        return state.randomWrite();
    }

    /// Writes the segment.
    ///
    /// @param state the trades
    /// @return the last that was written
    @Benchmark
    @OperationsPerInvocation(Scale.ACCESSES)
    public long segment(SegmentStructs state) {
        return state.randomWrite();
    }

    /// Writes Chronicle Bytes.
    ///
    /// @param state the trades
    /// @return the last that was written
    @Benchmark
    @OperationsPerInvocation(Scale.ACCESSES)
    public long chronicle(ChronicleStructs state) {
        return state.randomWrite();
    }

    /// Writes Agrona's buffer.
    ///
    /// @param state the trades
    /// @return the last that was written
    @Benchmark
    @OperationsPerInvocation(Scale.ACCESSES)
    public long agrona(AgronaStructs state) {
        return state.randomWrite();
    }
}
