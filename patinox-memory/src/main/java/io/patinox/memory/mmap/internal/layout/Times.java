package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.Encoding;
import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Moments and spans of time, in one of the encodings. Both are seconds and, upwards from them,
/// nanoseconds, so they are written alike. What an encoding can't tell exactly is refused.
final class Times {
    private static final long NANOS = 1_000_000_000;

    private Times() {}

    /// Returns a component that is a moment.
    static Part.Coded instant(MappedColumn column, Encoding encoding, ByteOrder order) {
        Ticks number = new Ticks(column.path(), encoding, perSecond(encoding), order(order));
        Codec<?> codec =
                encoding == Encoding.SECONDS_AND_NANOS
                        ? new InstantPair(column.path(), order(order), nanos(order))
                        : new InstantNumber(number);
        return Values.coded(column, Instant.class, codec);
    }

    /// Returns a component that is a span.
    static Part.Coded duration(MappedColumn column, Encoding encoding, ByteOrder order) {
        Ticks number = new Ticks(column.path(), encoding, perSecond(encoding), order(order));
        Codec<?> codec =
                encoding == Encoding.SECONDS_AND_NANOS
                        ? new DurationPair(column.path(), order(order), nanos(order))
                        : new DurationNumber(number);
        return Values.coded(column, Duration.class, codec);
    }

    private static ValueLayout.OfLong order(ByteOrder order) {
        return ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
    }

    private static ValueLayout.OfInt nanos(ByteOrder order) {
        return ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    }

    private static long perSecond(Encoding encoding) {
        return switch (encoding) {
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS -> NANOS;
            case SECONDS, SECONDS_AND_NANOS -> 1;
        };
    }

    /// A moment or span as one number.
    private record Ticks(
            String path, Encoding encoding, long perSecond, ValueLayout.OfLong layout) {

        long seconds(long number) {
            return Math.floorDiv(number, perSecond);
        }

        long nanos(long number) {
            return Math.floorMod(number, perSecond) * (NANOS / perSecond);
        }

        void write(Body body, MemorySegment segment, long offset, long seconds, int nanos) {
            long unit = NANOS / perSecond;
            if (nanos % unit != 0) {
                throw Values.wrong(
                        body,
                        path,
                        "has more digits than " + encoding + ", and nothing is rounded");
            }
            long number;
            try {
                // below zero counted from the next second on, as the product alone may not fit
                number =
                        seconds < 0
                                ? Math.addExact(
                                        Math.multiplyExact(seconds + 1, perSecond),
                                        nanos / unit - perSecond)
                                : Math.addExact(
                                        Math.multiplyExact(seconds, perSecond), nanos / unit);
            } catch (ArithmeticException e) {
                throw Values.wrong(body, path, "does not fit " + encoding + " in 8 bytes", e);
            }
            segment.set(layout, offset, number);
        }
    }

    private static Instant instant(Body body, String path, long seconds, long nanos) {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw Values.wrong(body, path, "is beyond what an Instant can be", e);
        }
    }

    private static int rest(
            Body body, String path, MemorySegment segment, long at, ValueLayout.OfInt layout) {
        int nanos = Solid.of(segment.get(layout, at));
        if (nanos < 0 || nanos >= NANOS) {
            throw Values.wrong(body, path, "has " + nanos + " nanoseconds in a second");
        }
        return nanos;
    }

    private record InstantNumber(Ticks number) implements Codec<Instant> {

        @Override
        public Instant read(Body body, MemorySegment segment, long offset) {
            long found = segment.get(number.layout, offset);
            return instant(body, number.path, number.seconds(found), number.nanos(found));
        }

        @Override
        public void write(Body body, MemorySegment segment, long offset, @Nullable Instant value) {
            if (value == null) {
                throw Values.absent(body, number.path);
            }
            number.write(body, segment, offset, value.getEpochSecond(), value.getNano());
        }
    }

    private record DurationNumber(Ticks number) implements Codec<Duration> {

        @Override
        public Duration read(Body body, MemorySegment segment, long offset) {
            long found = segment.get(number.layout, offset);
            return Duration.ofSeconds(number.seconds(found), number.nanos(found));
        }

        @Override
        public void write(Body body, MemorySegment segment, long offset, @Nullable Duration value) {
            if (value == null) {
                throw Values.absent(body, number.path);
            }
            number.write(body, segment, offset, value.getSeconds(), value.getNano());
        }
    }

    private record InstantPair(String path, ValueLayout.OfLong seconds, ValueLayout.OfInt nanos)
            implements Codec<Instant> {

        @Override
        public Instant read(Body body, MemorySegment segment, long offset) {
            int rest = rest(body, path, segment, offset + Long.BYTES, nanos);
            return instant(body, path, segment.get(seconds, offset), rest);
        }

        @Override
        public void write(Body body, MemorySegment segment, long offset, @Nullable Instant value) {
            if (value == null) {
                throw Values.absent(body, path);
            }
            segment.set(seconds, offset, value.getEpochSecond());
            segment.set(nanos, offset + Long.BYTES, value.getNano());
        }
    }

    private record DurationPair(String path, ValueLayout.OfLong seconds, ValueLayout.OfInt nanos)
            implements Codec<Duration> {

        @Override
        public Duration read(Body body, MemorySegment segment, long offset) {
            int rest = rest(body, path, segment, offset + Long.BYTES, nanos);
            return Duration.ofSeconds(segment.get(seconds, offset), rest);
        }

        @Override
        public void write(Body body, MemorySegment segment, long offset, @Nullable Duration value) {
            if (value == null) {
                throw Values.absent(body, path);
            }
            segment.set(seconds, offset, value.getSeconds());
            segment.set(nanos, offset + Long.BYTES, value.getNano());
        }
    }
}
