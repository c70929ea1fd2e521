package io.patinox.memory.cache.internal;

/// An entry in a snapshot.
///
/// @param key its key, encoded
/// @param value its value, encoded
/// @param hits how often it was hit since its policy last looked
/// @param remainingNanos how long it might have lived when it was written; -1 for without a limit
/// @param ageNanos how old its value was; -1 if the cache kept no times
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record SnapshotRecord(
        byte[] key, byte[] value, int hits, long remainingNanos, long ageNanos) {

    /// What a record takes beside key and value: their lengths, and the other figures.
    static final int FIXED_BYTES = 4 + 4 + 4 + 8 + 8;

    /// Stands for no limit, or for no age.
    public static final long NONE = -1;
}
