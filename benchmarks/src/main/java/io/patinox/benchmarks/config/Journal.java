package io.patinox.benchmarks.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What one reader was given while a file was saved again and again, and what is wrong with it.
///
/// Times are nanoseconds of any clock. Thread-safe: one thread saves, others read.
final class Journal {

    /*
     * Only changes of what a reader is given are noted: a torn content that is given a thousand
     * times counts once.
     *
     * Whether a reader keeps up is judged by contents that are left alone for a while. The saver
     * says which one lies there (rested), and later that its time is over (replaced); in between,
     * or before, the reader must have been given exactly it. What is saved in a burst is not
     * judged one by one, as nobody needs to see each of them; but nobody may go back in time.
     * Going back is judged by saves and not by versions, for of two editors the one who drew the
     * older version may be the one who wrote last.
     */

    private Reading current = Reading.MISSING;
    private long currentNanos;
    private long newestSave;
    private Phase phase = Phase.WARM_UP;
    private @Nullable Resting resting;

    private int saves;
    private int torn;
    private int empty;
    private int missing;
    private int stale;
    private int missed;
    private boolean lost;
    private final List<Long> delays = new ArrayList<>();

    private enum Phase {
        WARM_UP,
        COUNTED,
        BROKEN,
        MENDED
    }

    /// A content that is left alone.
    private record Resting(long version, long nanos, boolean seen) {}

    /// What the reader was given, summed up.
    ///
    /// @param saves how many saves were made
    /// @param torn how often parts were given
    /// @param empty how often nothing was given
    /// @param missing how often there was a failure instead
    /// @param stale how often an older content was given after a newer one
    /// @param missed contents that were left alone and never given
    /// @param lost whether anything but the last good content was given while the file was broken
    /// @param delays nanoseconds from the save of a content that was left alone until it was given
    record Tally(
            int saves,
            int torn,
            int empty,
            int missing,
            int stale,
            int missed,
            boolean lost,
            List<Long> delays) {

        /// Creates the summary.
        Tally {
            delays = List.copyOf(delays);
        }
    }

    /// Starts to count; what was noted before was warm-up.
    synchronized void count() {
        phase = Phase.COUNTED;
    }

    /// Stops to count, since the file is about to be broken: from now on the last good content is
    /// to be given.
    synchronized void breaks() {
        phase = Phase.BROKEN;
        lost = current.kind() != Reading.Kind.WHOLE;
    }

    /// Notes that the file is about to be mended.
    synchronized void mends() {
        phase = Phase.MENDED;
    }

    /// Notes what the reader gives now.
    synchronized void note(Reading reading, long nanos) {
        if (reading.equals(current)) {
            return;
        }
        current = reading;
        currentNanos = nanos;
        if (phase == Phase.COUNTED) {
            judge(reading);
        } else if (phase == Phase.BROKEN && reading.kind() != Reading.Kind.WHOLE) {
            lost = true;
        }
        if (reading.kind() == Reading.Kind.WHOLE) {
            newestSave = Math.max(newestSave, Contents.save(reading.version()));
        }
        if (resting != null) {
            seen(resting);
        }
    }

    private void judge(Reading reading) {
        switch (reading.kind()) {
            case TORN -> torn++;
            case EMPTY -> empty++;
            case MISSING -> missing++;
            case WHOLE -> {
                if (Contents.save(reading.version()) < newestSave) {
                    stale++;
                }
            }
        }
    }

    /// Notes that somebody saved.
    synchronized void saved() {
        if (phase == Phase.COUNTED) {
            saves++;
        }
    }

    /// Notes that a content is left alone from now on.
    ///
    /// @param version its version
    /// @param nanos when its save was done
    synchronized void rested(long version, long nanos) {
        Resting content = new Resting(version, nanos, false);
        resting = content;
        seen(content);
    }

    private void seen(Resting content) {
        if (!content.seen && current.equals(Reading.whole(content.version))) {
            resting = new Resting(content.version, content.nanos, true);
            notifyAll();
            if (phase == Phase.COUNTED) {
                delays.add(Math.max(0, currentNanos - content.nanos));
            }
        }
    }

    /// Waits until the content that is left alone was given.
    ///
    /// @param patience how long to wait
    /// @return whether it was
    /// @throws InterruptedException when the thread is interrupted
    synchronized boolean awaitSeen(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (resting == null || !resting.seen) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /// Notes that the content that was left alone is about to be replaced.
    synchronized void replaced() {
        if (resting != null && !resting.seen && phase == Phase.COUNTED) {
            missed++;
        }
        resting = null;
    }

    /// Sums up.
    synchronized Tally tally() {
        return new Tally(saves, torn, empty, missing, stale, missed, lost, delays);
    }
}
