package io.patinox.memory.resource.internal;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which thread waits for the cleanup of which resource, so that none waits for itself.
///
/// A cleanup may close other guards, and theirs may close the first: directly, by way of others, of
/// what depends on what, on one thread or on several. Each notes what it waits for, and only then
/// looks whether the thread that cleans that up waits for what is cleaned up here. Of those that
/// would close a ring the last to note sees all of it, and does not wait. One table serves all
/// registries, since a ring may lead through several. Only who really has to wait comes here.
final class Waits {
    private static final ConcurrentHashMap<Thread, Tracked<?>> WAITING = new ConcurrentHashMap<>();

    private Waits() {}

    /// Waits for the end of a cleanup that runs elsewhere.
    ///
    /// @return false if that would be to wait for the calling thread itself
    /// @throws InterruptedException if the caller was interrupted
    static boolean await(Tracked<?> tracked) throws InterruptedException {
        Thread here = Thread.currentThread();
        WAITING.put(here, tracked);
        try {
            if (leadsTo(here, tracked)) {
                return false;
            }
            tracked.waiting().await();
            return true;
        } finally {
            WAITING.remove(here);
        }
    }

    private static boolean leadsTo(Thread here, Tracked<?> tracked) {
        Tracked<?> at = tracked;
        // rings that others are about to break are no reason to go round for ever
        for (int left = WAITING.size(); at != null && left >= 0; left--) {
            Thread cleaner = at.cleaner();
            if (here.equals(cleaner)) {
                return true;
            }
            at = next(cleaner);
        }
        return false;
    }

    private static @Nullable Tracked<?> next(@Nullable Thread thread) {
        return thread == null ? null : WAITING.get(thread);
    }
}
