package io.patinox.memory.mmap.internal.layout;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// How primitives stand in a big-endian file, at any address. Constants, so that compilers see
/// through them; compiled slices name them.
final class BigEndian {
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfChar CHAR =
            ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /// Reads and writes an int at a multiple of 4, in every mode: `(segment, offset)int`.
    static final VarHandle ATOMIC_INT =
            ValueLayout.JAVA_INT
                    .withOrder(ByteOrder.BIG_ENDIAN)
                    .varHandle()
                    .withInvokeExactBehavior();

    /// Reads and writes a long at a multiple of 8, in every mode: `(segment, offset)long`.
    static final VarHandle ATOMIC_LONG =
            ValueLayout.JAVA_LONG
                    .withOrder(ByteOrder.BIG_ENDIAN)
                    .varHandle()
                    .withInvokeExactBehavior();

    private BigEndian() {}
}
