package io.patinox.memory.pool.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of a keyed pool, to find the idle object that nobody will miss. Guarded by the lock of
/// its [TotalLimit].
final class Holders {
    /*
     * When a key was used last is noted where its objects are, on the coarse clock, so that a lease
     * costs nothing here; and is looked up only when an object must go. With few keys all are
     * looked at. With many, so many at once, round and round: the one that goes was used least
     * recently among them. The search goes on only if none of them has an idle object.
     */
    private final List<KeyShare<?, ?>> shares = new ArrayList<>();
    private final int window;
    private int next;

    Holders(int window) {
        this.window = window;
    }

    void add(KeyShare<?, ?> share) {
        share.position = shares.size();
        shares.add(share);
    }

    void remove(KeyShare<?, ?> share) {
        if (share.position < 0) {
            return;
        }
        KeyShare<?, ?> last = shares.removeLast();
        if (last != share) {
            shares.set(share.position, last);
            last.position = share.position;
        }
        share.position = -1;
    }

    int size() {
        return shares.size();
    }

    /// Claims the idle object that was used least recently of the key that was used least recently.
    ///
    /// @return its slot, or null when nothing is idle
    @Nullable Slot<?> claimOldest() {
        for (int seen = 0; seen < shares.size(); seen += window) {
            Slot<?> slot = claimOldest(Math.min(window, shares.size() - seen));
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    private @Nullable Slot<?> claimOldest(int count) {
        // An object may be lent before it is claimed; then the next best must do.
        for (int attempt = 0; attempt < 3; attempt++) {
            int at = next;
            KeyShare<?, ?> oldest = null;
            long oldestUse = 0;
            for (int i = 0; i < count; i++) {
                at = at < shares.size() ? at : 0;
                KeyShare<?, ?> share = shares.get(at++);
                if (share.pool().engine().free() > 0) {
                    long use = share.lastUseNanos();
                    if (oldest == null || use - oldestUse < 0) {
                        oldest = share;
                        oldestUse = use;
                    }
                }
            }
            Slot<?> slot = oldest == null ? null : oldest.claimOldest();
            if (slot != null || oldest == null) {
                next = at;
                return slot;
            }
        }
        return null;
    }
}
