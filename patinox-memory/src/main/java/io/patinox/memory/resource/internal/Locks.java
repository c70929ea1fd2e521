package io.patinox.memory.resource.internal;

import java.util.concurrent.locks.ReentrantLock;

/// How the threads of a registry take the locks that its watchdog needs too.
///
/// Cleanups that block in native code can hold every carrier, and then a virtual thread that waits
/// in the queue of a lock cannot take it when its turn comes, while all behind it, the watchdog
/// among them, wait for it. So virtual threads never queue here: they try, give way, and try again.
/// While one holds a lock it doesn't even give way, since it might not come back: for the inner
/// lock it tries on the spot, for as long as somebody needs to write a few fields.
final class Locks {
    private Locks() {}

    /// Takes a lock, by a thread that holds no other of the registry.
    @SuppressWarnings("ThreadPriorityCheck") // the holder needs a few instructions
    static void lock(ReentrantLock lock) {
        if (Thread.currentThread().isVirtual()) {
            while (!lock.tryLock()) {
                Thread.yield();
            }
        } else {
            lock.lock();
        }
    }

    /// Takes a lock, by a thread that may hold another.
    static void lockInside(ReentrantLock lock) {
        if (Thread.currentThread().isVirtual()) {
            while (!lock.tryLock()) {
                Thread.onSpinWait();
            }
        } else {
            lock.lock();
        }
    }
}
