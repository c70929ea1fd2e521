package io.patinox.memory.pool.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A wish for so many objects to exist, once.
final class WarmUp {
    private final int count;
    private final boolean patient;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

    /// Makes a wish.
    ///
    /// @param count how many objects
    /// @param patient whether it outlives an attempt that fails
    WarmUp(int count, boolean patient) {
        this.count = count;
        this.patient = patient;
    }

    CompletableFuture<@Nullable Void> done() {
        return done;
    }

    /// Ends the wish, on a thread of its own: what depends on the future is the user's.
    void end(String pool, @Nullable Throwable failure) {
        Runnable end = () -> endHere(failure);
        try {
            Thread.ofVirtual().name("patinox-pool-" + pool + "-warm").start(end);
        } catch (Throwable noThread) {
            // Better on this thread than a future that never ends.
            end.run();
        }
    }

    private void endHere(@Nullable Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    /// The wishes that are open. Guarded by the population's lock.
    static final class Pending {
        private final List<WarmUp> open = new ArrayList<>();

        void add(WarmUp wish) {
            open.add(wish);
        }

        void remove(WarmUp wish) {
            open.remove(wish);
        }

        /// {@return how many objects are wished for}
        int target() {
            int most = 0;
            for (WarmUp wish : open) {
                most = Math.max(most, wish.count);
            }
            return most;
        }

        /// Takes out those that came true.
        ///
        /// @param live how many objects there are
        /// @param most how many there may be: whoever wishes for more can't have it
        List<WarmUp> takeReached(int live, int most) {
            return take(live >= most ? Integer.MAX_VALUE : live, true);
        }

        /// Takes out those that a failed attempt ends.
        List<WarmUp> takeImpatient() {
            return take(Integer.MAX_VALUE, false);
        }

        private List<WarmUp> take(int upTo, boolean patientToo) {
            if (open.isEmpty()) {
                return List.of();
            }
            List<WarmUp> taken = new ArrayList<>();
            for (Iterator<WarmUp> all = open.iterator(); all.hasNext(); ) {
                WarmUp wish = all.next();
                if (wish.count <= upTo && (patientToo || !wish.patient)) {
                    taken.add(wish);
                    all.remove();
                }
            }
            return taken;
        }
    }
}
