package io.patinox.memory.config.internal;

import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Decides when what is at a path may be believed.
///
/// Used by the loader's thread only.
public final class Settling {
    /*
     * Nobody tells when a file has been written completely, so quiet is the only sign there is. A
     * look reads the stamps, the content, and the stamps again. If the stamps moved meanwhile,
     * the content may be torn and counts as no sighting of anything. Otherwise it becomes the
     * candidate, and the candidate is believed when every look during the quiet time has found
     * the same content under the same stamps. Any difference makes a new candidate and starts the
     * time anew. So a torn content is believed only if its writer paused in the middle for longer
     * than the quiet time. The quiet time begins after the candidate was read
     * and ends before it is read again: on a busy machine a look takes long, and what it takes is
     * no quiet.
     *
     * Looks at a candidate come four times in a quiet time. Without one, the stamps alone are
     * looked at, and the content is read when they moved, when an event was seen, when the last
     * content was so recent that the file system's clock may not have ticked since, and every few
     * seconds anyhow, since times and sizes can be made to lie.
     *
     * A file that is empty, missing or unreadable is likely to be in the middle of a save, so
     * this must persist for longer before it is believed. Bytes alone can't tell an emptied file
     * from a half-written one.
     *
     * The first look believes at once what has not changed for the quiet time by the clock on the
     * wall, so that a process starts without waiting.
     */

    /// How long stamps are trusted.
    static final long VERIFY_NANOS = 5_000_000_000L;

    private final FileView view;
    private final long quietNanos;
    private final long goneNanos;
    private final LongSupplier wallMillis;
    private final LongSupplier nanos;
    private @Nullable Sighting settled;
    private List<FileStamp> settledStamps = List.of();
    private long readAt;
    private @Nullable Sighting candidate;
    private List<FileStamp> candidateStamps = List.of();
    private long quietSince;

    /// Creates it; nothing is looked at yet.
    ///
    /// @param view what to look at
    /// @param quietNanos how long content must stay the same
    /// @param goneNanos how long emptiness or absence must last
    /// @param wallMillis the clock that file times are compared with
    /// @param nanos the clock of the looks
    public Settling(
            FileView view,
            long quietNanos,
            long goneNanos,
            LongSupplier wallMillis,
            LongSupplier nanos) {
        this.view = view;
        this.quietNanos = quietNanos;
        this.goneNanos = goneNanos;
        this.wallMillis = wallMillis;
        this.nanos = nanos;
    }

    /// Looks at the path.
    ///
    /// @param now the time before the look
    /// @param doubt whether the stamps are not to be trusted
    public void look(long now, boolean doubt) {
        List<FileStamp> stamps = view.stamps();
        Sighting known = settled;
        if (known != null
                && candidate == null
                && !doubt
                && !known.recent()
                && now - readAt < VERIFY_NANOS
                && stamps.equals(settledStamps)) {
            return;
        }
        long wall = wallMillis.getAsLong();
        Sighting seen = view.read(stamps, wall);
        boolean moving = !stamps.equals(view.stamps());
        readAt = now;
        if (!moving && (seen.sameAs(known) || isOld(seen, stamps, wall))) {
            settle(seen, stamps);
        } else if (moving || !seen.sameAs(candidate) || !stamps.equals(candidateStamps)) {
            candidate = seen;
            // what moved is nothing that a later look could confirm
            candidateStamps = moving ? List.of() : stamps;
            quietSince = nanos.getAsLong();
        } else if (now - quietSince >= need(seen)) {
            settle(seen, stamps);
        }
    }

    private void settle(Sighting seen, List<FileStamp> stamps) {
        settled = seen;
        settledStamps = stamps;
        candidate = null;
        candidateStamps = List.of();
    }

    private boolean isOld(Sighting seen, List<FileStamp> stamps, long wall) {
        if (settled != null || candidate != null) {
            return false;
        }
        long windowMillis = need(seen) / 1_000_000;
        return seen.state() == Sighting.State.ABSENT
                || stamps.stream().noneMatch(stamp -> stamp.isRecent(wall, windowMillis));
    }

    private long need(Sighting seen) {
        return seen.state() == Sighting.State.PRESENT ? quietNanos : goneNanos;
    }

    /// {@return what may be believed; null before anything settled}
    public @Nullable Sighting settled() {
        return settled;
    }

    /// {@return whether something else was seen than what may be believed}
    public boolean isPending() {
        return candidate != null || settled == null;
    }

    /// Returns when the next look makes sense.
    ///
    /// @param now the time
    /// @return so many nanoseconds from now; `Long.MAX_VALUE` if nothing is pending
    public long dueNanos(long now) {
        Sighting waiting = candidate;
        if (waiting == null) {
            return Long.MAX_VALUE;
        }
        long left = need(waiting) - (now - quietSince);
        return Math.max(1_000_000, Math.min(quietNanos / 4, left));
    }

    /// {@return the folders in which events announce a change}
    public Set<java.nio.file.Path> folders() {
        return LinkChain.folders(view.path());
    }
}
