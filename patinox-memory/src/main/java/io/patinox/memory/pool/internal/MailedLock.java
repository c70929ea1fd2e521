package io.patinox.memory.pool.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A lock that most needn't wait for: whoever finds it taken leaves its work, as mail, to whoever
/// has it. [FifoEngine] says why none is forgotten.
final class MailedLock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Mailbox mailbox = new Mailbox();
    private final BiConsumer<Mail, Outbox> reader;

    /// How many slots are in the mail.
    private final AtomicInteger slots = new AtomicInteger();

    /// What was taken out of the mailbox and not read yet: nothing, but after an Error.
    private @Nullable Mail unread;

    /// Makes a lock.
    ///
    /// @param reader does what a mail asks for, with the lock held
    MailedLock(BiConsumer<Mail, Outbox> reader) {
        this.reader = reader;
    }

    /// Waits for the lock; what was posted before is to be read first, by [#readMail].
    void lock() {
        lock.lock();
    }

    /// {@return how many slots are on their way to the queue}
    int slotsInMail() {
        return slots.get();
    }

    boolean tryLock() {
        return lock.tryLock();
    }

    /// Gives the lock back, and reads what was posted meanwhile.
    void unlock(Outbox out) {
        lock.unlock();
        attendToMail(out);
    }

    /// Leaves something to whoever has the lock; which may be the caller by now.
    void post(Mail mail, long now, Outbox out) {
        mail.postedAtNanos = now;
        if (mail instanceof Mail.Returned) {
            slots.incrementAndGet();
        }
        mailbox.post(mail);
        attendToMail(out);
    }

    /// Sees to it that no mail is left when nobody has the lock.
    private void attendToMail(Outbox out) {
        while (!mailbox.isEmpty() && lock.tryLock()) {
            try {
                readMail(out);
            } finally {
                lock.unlock();
            }
        }
    }

    /// Does what was posted, in that order. Called with the lock held.
    void readMail(Outbox out) {
        if (unread == null) {
            unread = mailbox.takeAll();
        }
        for (Mail mail = unread; mail != null; mail = unread) {
            unread = mail.other;
            mail.other = null;
            out.nowNanos = mail.postedAtNanos;
            if (mail instanceof Mail.Returned) {
                slots.decrementAndGet();
            }
            reader.accept(mail, out);
        }
    }
}
