package io.patinox.memory.cache;

import io.patinox.memory.cache.internal.Restore;
import io.patinox.memory.cache.internal.SnapshotReader;
import io.patinox.memory.cache.internal.SnapshotRecord;
import io.patinox.memory.cache.internal.SnapshotWriter;
import io.patinox.memory.error.CacheSnapshotException;
import io.patinox.memory.error.Options;
import io.patinox.memory.internal.Describe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Saves what is in a cache to a file, and puts it back after a restart: the hottest entries first,
/// each as popular as it was and with the life that remained to it.
///
/// {@snippet file="io/patinox/memory/examples/CacheInsightExamples.java" region="snapshot"}
///
/// A file is written beside the old one and takes its place when it is complete and on disk. It is
/// versioned, knows the formats of keys and values, and has checksums; what is cut off, damaged or
/// of another kind is refused with `CACHE-SNAPSHOT-INVALID`, which names the place. Time goes on
/// for entries in a file, by the wall clock. Pins, tags and costs are not saved.
///
/// Immutable and thread-safe. One snapshot can serve several caches.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
public final class CacheSnapshot<K, V> {

    private static final long MOST_PER_SECOND = 1_000_000_000;

    private final CacheCodec<K> keys;
    private final CacheCodec<V> values;
    private final long perSecond;
    private final boolean skipping;

    private CacheSnapshot(
            CacheCodec<K> keys, CacheCodec<V> values, long perSecond, boolean skipping) {
        this.keys = Options.required("keys", keys);
        this.values = Options.required("values", values);
        this.perSecond = perSecond;
        this.skipping = skipping;
        Options.name("keys.name", keys.name());
        Options.name("values.name", values.name());
    }

    /// Says how keys and values are written.
    ///
    /// @param keys the codec of keys
    /// @param values the codec of values
    /// @param <K> the type of the keys
    /// @param <V> the type of the values
    /// @return a snapshot that restores as fast as it can, and nothing from a damaged file
    public static <K, V> CacheSnapshot<K, V> of(CacheCodec<K> keys, CacheCodec<V> values) {
        return new CacheSnapshot<>(keys, values, 0, false);
    }

    /// Returns one that restores no faster than that.
    ///
    /// @param perSecond how many entries a second at most, from 1; 0 for any number
    /// @return the snapshot
    public CacheSnapshot<K, V> withPerSecond(long perSecond) {
        Options.inRange("perSecond", perSecond, 0, MOST_PER_SECOND);
        return new CacheSnapshot<>(keys, values, perSecond, skipping);
    }

    /// Returns one that restores the parts of a damaged file whose checksums are right.
    ///
    /// @return the snapshot
    public CacheSnapshot<K, V> withSkippingDamage() {
        return new CacheSnapshot<>(keys, values, perSecond, true);
    }

    /// Saves the entries of a cache, on the calling thread. The cache can be used meanwhile;
    /// entries that come or go may be in the file or not. Looks at all entries.
    ///
    /// @param cache the cache
    /// @param file the file; one that is there is replaced when the new one is complete
    /// @return how many entries were saved
    /// @throws IOException if the file can't be written; an old one is untouched then
    /// @throws io.patinox.memory.error.CacheClosedException if the cache is closed: save before
    public long save(Cache<K, V> cache, Path file) throws IOException {
        Options.required("cache", cache);
        Options.required("file", file);
        // what is closed is empty, and must not take the place of a good file
        Restore.into(cache).checkOpen();
        List<CacheEntry<K, V>> entries = cache.hottest(Integer.MAX_VALUE);
        Restore.into(cache).checkOpen();
        try (SnapshotWriter writer =
                new SnapshotWriter(file, keys.name(), values.name(), System.currentTimeMillis())) {
            for (CacheEntry<K, V> entry : entries) {
                writer.add(
                        new SnapshotRecord(
                                keys.encode(entry.key()),
                                values.encode(entry.value()),
                                entry.hits(),
                                nanos(entry.remaining()),
                                nanos(entry.age())));
            }
            return writer.finish();
        }
    }

    private static long nanos(@Nullable Duration duration) {
        if (duration == null) {
            return SnapshotRecord.NONE;
        }
        return Math.max(0, TimeUnit.NANOSECONDS.convert(duration));
    }

    /// Puts the entries of a file into a cache, in the background. A key that is there keeps its
    /// value, and when the cache is full, the rest is left out. All checksums are checked before
    /// anything is put in, unless damage is skipped.
    ///
    /// @param cache the cache
    /// @param file the file
    /// @return the warm-up, which has begun; it fails if the file turns out to be damaged, and then
    ///   nothing was put in
    /// @throws IOException if the file can't be opened
    /// @throws CacheSnapshotException if it is no snapshot, or of another version or layout
    public CacheWarmUp restore(Cache<K, V> cache, Path file) throws IOException {
        Options.required("cache", cache);
        Options.required("file", file);
        open(cache, file).close();
        return CacheWarmUp.start(
                cache.name(), perSecond, progress -> restore(cache, file, progress));
    }

    private SnapshotReader open(Cache<K, V> cache, Path file) throws IOException {
        return new SnapshotReader(cache.name(), file, keys.name(), values.name(), skipping);
    }

    private void restore(Cache<K, V> cache, Path file, CacheWarmUp progress) throws Exception {
        if (!skipping) {
            try (SnapshotReader reader = open(cache, file)) {
                while (reader.next() != null) {
                    if (!progress.pace(0)) {
                        return;
                    }
                }
            }
        }
        Restore<K, V> target = Restore.into(cache);
        List<K> restored = new ArrayList<>();
        try (SnapshotReader reader = open(cache, file)) {
            long sleptMillis = Math.max(0, System.currentTimeMillis() - reader.atMillis());
            long sleptNanos = TimeUnit.MILLISECONDS.toNanos(sleptMillis);
            List<SnapshotRecord> block = reader.next();
            while (block != null) {
                long start = reader.offset();
                for (SnapshotRecord record : block) {
                    if (!progress.pace()) {
                        return;
                    }
                    K key = restore(reader, start, target, record, sleptNanos, progress);
                    if (key != null && target.ordered()) {
                        restored.add(key);
                    }
                }
                progress.reached(reader.progress());
                block = reader.next();
            }
            progress.countFailed(reader.badBlocks());
        }
        // the hottest came first, and must not be the first to go
        restored.reversed().forEach(target::touch);
    }

    private @Nullable K restore(
            SnapshotReader reader,
            long start,
            Restore<K, V> target,
            SnapshotRecord record,
            long sleptNanos,
            CacheWarmUp progress) {
        long remaining = record.remainingNanos();
        if (remaining != SnapshotRecord.NONE) {
            remaining -= sleptNanos;
        }
        boolean ended = record.remainingNanos() != SnapshotRecord.NONE && remaining <= 0;
        if (ended || !target.hasRoom()) {
            progress.countSkipped(1);
            return null;
        }
        K key;
        V value;
        try {
            key = keys.decode(record.key());
            value = values.decode(record.value());
        } catch (RuntimeException e) {
            if (skipping) {
                progress.countFailed(1);
                return null;
            }
            String what = "a codec refused an entry before this: " + Describe.failure(e);
            throw reader.invalid(start, what, e);
        }
        long age = record.ageNanos() < 0 ? SnapshotRecord.NONE : record.ageNanos() + sleptNanos;
        if (target.put(key, value, record.hits(), remaining, age)) {
            progress.countWarmed();
            return key;
        }
        progress.countSkipped(1);
        return null;
    }
}
