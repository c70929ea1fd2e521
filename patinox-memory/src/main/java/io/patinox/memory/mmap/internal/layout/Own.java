package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.internal.Describe;
import io.patinox.memory.mmap.MappableType;
import io.patinox.memory.mmap.MappedColumn;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Types of the user's own. They get a segment that is their component alone. What they write goes
/// into memory of its own at first: if they fail half-way, or leave bytes out, nothing old stays
/// between the new.
final class Own {
    private Own() {}

    /// Returns the component.
    static Part.Coded own(
            MappedColumn column, Class<?> type, MappableType<?> own, ByteOrder order) {
        @SuppressWarnings("unchecked") // its type was compared with that of the component
        MappableType<Object> any = (MappableType<Object>) own;
        return Values.coded(
                column, type, new Delegate(column.path(), column.byteSize(), any, order));
    }

    private record Delegate(String path, int bytes, MappableType<Object> type, ByteOrder order)
            implements Codec<Object> {

        @Override
        public Object read(Body body, MemorySegment segment, long offset) {
            Object value;
            try {
                value = type.read(segment.asSlice(offset, bytes), order);
            } catch (IllegalArgumentException e) {
                throw Values.wrong(body, path, refused(e, "reads"), e);
            }
            if (isNull(value)) {
                throw Values.wrong(body, path, type.name() + " read null");
            }
            return value;
        }

        @Override
        public void write(Body body, MemorySegment segment, long offset, @Nullable Object value) {
            if (value == null) {
                throw Values.absent(body, path);
            }
            // longs, so that it stands at a multiple of 8 as it may expect
            MemorySegment draft =
                    MemorySegment.ofArray(new long[(bytes + Long.BYTES - 1) / Long.BYTES])
                            .asSlice(0, bytes);
            try {
                type.write(draft, order, value);
            } catch (IllegalArgumentException e) {
                throw Values.wrong(body, path, refused(e, "writes"), e);
            }
            MemorySegment.copy(draft, 0, segment, offset, bytes);
        }

        /// A type may break its promise.
        private static boolean isNull(@Nullable Object value) {
            return value == null;
        }

        private String refused(IllegalArgumentException e, String does) {
            String why = Describe.failure(e);
            return type.name() + " refuses what it " + does + ": " + why;
        }
    }
}
