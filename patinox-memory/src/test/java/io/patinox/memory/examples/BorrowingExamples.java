package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.PoolQueueFullException;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.LeaseBatch;
import io.patinox.memory.pool.NestedAcquire;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolTracer;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.pool.Reuse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What the documentation shows of borrowing, compiled and executed.
class BorrowingExamples {
    /// Something to pool.
    private static final class Account {
        private long balance = 100;
    }

    /// Makes accounts.
    private static final class Accounts implements ConnectionManager<Account> {
        @Override
        public Account create() {
            return new Account();
        }

        @Override
        public void destroy(Account account) {}
    }

    @Test
    void acquireAll_two_areHeldTogether() {
        try (Pool<Account> pool = Pool.builder(new Accounts()).maxSize(2).build()) {
            // @start region="batch"
            try (LeaseBatch<Account> batch = pool.acquireAll(2)) {
                Account from = batch.connections().get(0);
                Account to = batch.connections().get(1);
                from.balance -= 10;
                to.balance += 10;
            }
            // @end
            assertThat(pool.idle()).isEqualTo(2);
        }
    }

    @Test
    void suspend_duringMaintenance_makesBorrowersWait() {
        try (Pool<Account> pool = Pool.builder(new Accounts()).build()) {
            List<String> done = new ArrayList<>();
            // @start region="suspend"
            pool.suspend();
            try {
                CompletableFuture<PooledConnection<Account>> waits = pool.acquireAsync();
                done.add("switched the server over");
                assertThat(waits).isNotDone();
            } finally {
                pool.resume();
            }
            // @end
            assertThat(done).hasSize(1);
            assertThat(pool.isSuspended()).isFalse();
        }
    }

    @Test
    void maxWaiting_reached_shedsLoad() {
        // @start region="shed"
        Pool<Account> pool =
                Pool.builder(new Accounts())
                        .maxSize(1)
                        .maxWaiting(0)
                        .nestedAcquire(NestedAcquire.REFUSE)
                        .reuse(Reuse.ROTATE)
                        .build();
        // @end
        try (pool) {
            CompletableFuture<PooledConnection<Account>> held = pool.acquireAsync();
            PooledConnection<Account> lease = held.join();
            assertThatThrownBy(() -> pool.acquireAsync().join())
                    .hasCauseInstanceOf(PoolQueueFullException.class);
            lease.close();
        }
    }

    @Test
    void label_ofALease_isToldInReports() {
        try (Pool<Account> pool = Pool.builder(new Accounts()).build()) {
            // @start region="label"
            try (PooledConnection<Account> lease = pool.acquire().label("nightly report")) {
                lease.connection().balance = 0;
                Duration held = lease.info().held();
                assertThat(held).isLessThan(Duration.ofMinutes(1));
            }
            // @end
            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    @Test
    void detach_andDonate_moveObjectsOutAndIn() {
        try (Pool<Account> pool = Pool.builder(new Accounts()).maxSize(1).build()) {
            // @start region="detach"
            Account mine = pool.acquire().detach(); // nobody destroys it but me
            boolean taken = pool.donate(mine); // and now the pool does
            // @end
            assertThat(taken).isTrue();
            assertThat(pool.donate(new Account())).isFalse();
            assertThat(pool.size()).isEqualTo(1);
        }
    }

    @Test
    void tracer_eachLease_isTold() {
        List<String> spans = new ArrayList<>();
        // @start region="tracer"
        PoolTracer<Account> tracer =
                new PoolTracer<>() {
                    @Override
                    public void lent(Account account, Duration waited) {
                        spans.add("begin");
                    }

                    @Override
                    public void returned(Account account, Duration held) {
                        spans.add("end");
                    }
                };
        Pool<Account> pool = Pool.builder(new Accounts()).tracer(tracer).build();
        // @end
        try (pool) {
            pool.acquire().close();
        }
        assertThat(spans).containsExactly("begin", "end");
    }
}
