package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// UUIDs: their 16 bytes as RFC 9562 has them, whatever the order of the file. As bytes they need
/// no alignment.
final class Uuids {
    private static final ValueLayout.OfLong HALF =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Uuids() {}

    /// Returns the component.
    static Part.Coded uuid(MappedColumn column) {
        return Values.coded(column, UUID.class, new Whole(column.path()));
    }

    private record Whole(String path) implements Codec<UUID> {

        @Override
        public UUID read(Body body, MemorySegment segment, long offset) {
            return new UUID(segment.get(HALF, offset), segment.get(HALF, offset + Long.BYTES));
        }

        @Override
        public void write(Body body, MemorySegment segment, long offset, @Nullable UUID value) {
            if (value == null) {
                throw Values.absent(body, path);
            }
            segment.set(HALF, offset, value.getMostSignificantBits());
            segment.set(HALF, offset + Long.BYTES, value.getLeastSignificantBits());
        }
    }
}
