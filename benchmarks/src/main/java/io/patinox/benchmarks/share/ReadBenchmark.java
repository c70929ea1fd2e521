package io.patinox.benchmarks.share;

import io.patinox.memory.share.MutableSharedData;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Reads a number of a value that may change at any time: one method an implementation.
public class ReadBenchmark {

    /// Our data with an immutable payload, every option at its default.
    @State(Scope.Benchmark)
    public static class Patinox {
        private final MutableSharedData<Payload> data = MutableSharedData.of(Payload.some());
    }

    /// The same, and reads are counted.
    @State(Scope.Benchmark)
    public static class Counted {
        private final MutableSharedData<Payload> data =
                MutableSharedData.builder(Payload.some()).countReads(true).build();
    }

    /// Our data with a payload that is changed in place.
    @State(Scope.Benchmark)
    public static class InPlace {
        private final MutableSharedData<int[]> data =
                MutableSharedData.inPlace(new int[] {42}, int[]::clone);
    }

    /// The JDK's stamped lock, used as its documentation says.
    @State(Scope.Benchmark)
    public static class Stamped {
        private final StampedLock lock = new StampedLock();
        private final Payload value = Payload.some();
    }

    /// The JDK's read-write lock.
    @State(Scope.Benchmark)
    public static class ReadWrite {
        private final Lock lock = new ReentrantReadWriteLock().readLock();
        private final Payload value = Payload.some();
    }

    /// Reads our data.
    ///
    /// @param state the data
    /// @return the number
    @Benchmark
    public int patinox(Patinox state) {
        return state.data.read(Payload::number);
    }

    /// Reads our data, counted.
    ///
    /// @param state the data
    /// @return the number
    @Benchmark
    public int counted(Counted state) {
        return state.data.read(Payload::number);
    }

    /// Reads our data under its read lock.
    ///
    /// @param state the data
    /// @return the number
    @Benchmark
    public int inPlace(InPlace state) {
        return state.data.read(array -> array[0]);
    }

    /// Reads without a lock and validates; locks if a writer came in between.
    ///
    /// @param state the lock
    /// @return the number
    @Benchmark
    public int stamped(Stamped state) {
        long stamp = state.lock.tryOptimisticRead();
        int number = state.value.number();
        if (state.lock.validate(stamp)) {
            return number;
        }
        stamp = state.lock.readLock();
        try {
            return state.value.number();
        } finally {
            state.lock.unlockRead(stamp);
        }
    }

    /// Reads under the read lock.
    ///
    /// @param state the lock
    /// @return the number
    @Benchmark
    public int readWrite(ReadWrite state) {
        state.lock.lock();
        try {
            return state.value.number();
        } finally {
            state.lock.unlock();
        }
    }
}
