package io.patinox.contract.pool;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/// Something that lends things: the pool, or one that is unfair, to show that the judge sees it.
interface Lending {
    /// Asks for a thing. A future that isn't done when this returns stands for one who is queued.
    CompletableFuture<Loan> ask();

    /// A thing that is lent.
    record Loan(Thing thing, Runnable giveBack) {}

    /// Asks the pool, by one of its two ways.
    static Lending of(Pool<Thing> pool, boolean blocking) {
        return () ->
                blocking
                        ? CompletableFuture.completedFuture(loan(pool.acquire(Audit.SOON)))
                        : pool.acquireAsync(Audit.SOON).thenApply(Lending::loan);
    }

    private static Loan loan(PooledConnection<Thing> lease) {
        return new Loan(lease.connection(), lease::close);
    }

    /// Serves the newcomer first, or the last in the queue.
    final class LastInFirstOut implements Lending {
        private final Deque<Thing> free = new ArrayDeque<>();
        private final Deque<CompletableFuture<Loan>> queue = new ArrayDeque<>();

        LastInFirstOut(int things) {
            for (int i = 0; i < things; i++) {
                free.push(new Thing());
            }
        }

        @Override
        public synchronized CompletableFuture<Loan> ask() {
            CompletableFuture<Loan> asked = new CompletableFuture<>();
            if (free.isEmpty()) {
                queue.push(asked);
            } else {
                lend(free.pop(), asked);
            }
            return asked;
        }

        private void lend(Thing thing, CompletableFuture<Loan> to) {
            to.complete(new Loan(thing, () -> giveBack(thing)));
        }

        private synchronized void giveBack(Thing thing) {
            if (queue.isEmpty()) {
                free.push(thing);
            } else {
                lend(thing, queue.pop());
            }
        }
    }
}
