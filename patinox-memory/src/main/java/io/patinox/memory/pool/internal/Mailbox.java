package io.patinox.memory.pool.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What threads leave for whoever has the engine's lock, so that nobody has to wait for it: a stack
/// (R. K. Treiber, 1986) that is emptied as a whole, hence safe from reuse.
final class Mailbox {
    private final AtomicReference<@Nullable Mail> newest = new AtomicReference<>();

    boolean isEmpty() {
        return newest.get() == null;
    }

    void post(Mail mail) {
        do {
            mail.other = newest.get();
        } while (!newest.compareAndSet(mail.other, mail));
    }

    /// Empties the box.
    ///
    /// @return the oldest, which leads to the next by its field `other`; or null
    @Nullable Mail takeAll() {
        Mail mail = newest.get() == null ? null : newest.getAndSet(null);
        Mail newer = null;
        while (mail != null) {
            Mail older = mail.other;
            mail.other = newer;
            newer = mail;
            mail = older;
        }
        return newer;
    }
}
