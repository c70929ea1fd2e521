package io.patinox.faults;

import io.patinox.memory.mmap.Capacity;

/// A record with a text and an array.
///
/// @param key its index
/// @param name a text
/// @param parts some numbers
@SuppressWarnings("ArrayRecordComponent") // what is mapped may have them
public record Label(long key, @Capacity(14) String name, @Capacity(4) int[] parts) {
    static Label of(long key) {
        int part = (int) key;
        return new Label(key, "name " + key, new int[] {part, part + 1, part + 2, part + 3});
    }
}
