package io.patinox.benchmarks.pool;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// The pool one writes in five minutes with the JDK: a fair semaphore counts, a deque keeps. It is
/// strictly first come, first served, and hands out the object used last; so it is the yardstick of
/// what order costs.
///
/// @param <T> what is pooled
final class FairSemaphorePool<T> {

    private final Semaphore free;
    private final ConcurrentLinkedDeque<T> idle = new ConcurrentLinkedDeque<>();

    FairSemaphorePool(int size, Supplier<T> objects) {
        free = new Semaphore(size, true);
        for (int i = 0; i < size; i++) {
            idle.push(objects.get());
        }
    }

    T acquire() throws InterruptedException {
        free.acquire();
        // a permit is released after its object was pushed: there is one for every permit
        return idle.pop();
    }

    void release(T object) {
        idle.push(object);
        free.release();
    }
}
