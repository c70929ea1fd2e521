package io.patinox.benchmarks.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/// Serves whoever came last: what the counter of overtakings must see.
final class UnfairPool implements Contestant {

    private final Deque<StubConnection> idle = new ArrayDeque<>();
    private final Deque<CountDownLatch> waiters = new ArrayDeque<>();

    UnfairPool(int size) {
        for (int i = 0; i < size; i++) {
            idle.push(new StubConnection());
        }
    }

    @Override
    public StubConnection acquire() throws InterruptedException {
        while (true) {
            CountDownLatch turn = new CountDownLatch(1);
            synchronized (idle) {
                if (!idle.isEmpty()) {
                    return idle.pop();
                }
                waiters.push(turn);
            }
            turn.await();
        }
    }

    @Override
    public void release(Object acquired) {
        synchronized (idle) {
            idle.push((StubConnection) acquired);
            if (!waiters.isEmpty()) {
                waiters.pop().countDown();
            }
        }
    }
}
