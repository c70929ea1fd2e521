package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.error.PoolUnavailableException;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.ManualTicker;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/// What a back end sees of a pool while it is dead, then slow, then well, with fifty who want a
/// connection all the time. Time is moved by hand, in steps; the table goes to
/// `target/recovery-curve.md`, which the guide shows.
class RecoveryCurveTest {
    private static final Duration STEP = Duration.ofMillis(10);
    private static final int STEPS_A_SECOND = 100;
    private static final int CROWD = 50;
    private static final int SIZE = 10;
    private static final int AT_A_TIME = 3;

    /// How the back end is in a second of the story.
    private enum Phase {
        DEAD(0),
        SLOW(2_000),
        WELL(50);

        final long creationMillis;

        Phase(long creationMillis) {
            this.creationMillis = creationMillis;
        }

        static Phase at(int second) {
            return second < 8 ? DEAD : second < 13 ? SLOW : WELL;
        }
    }

    /// Counts the calls; a creation takes as long as the phase says, by the hand-moved clock.
    private static final class BackEnd implements ConnectionManager<Object> {
        private final ManualTicker ticker;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition moved = lock.newCondition();
        private Phase phase = Phase.DEAD;
        private final List<Long> under = new ArrayList<>();
        private int begun;
        private int most;

        BackEnd(ManualTicker ticker) {
            this.ticker = ticker;
        }

        @Override
        public Object create() throws Exception {
            lock.lock();
            try {
                begun++;
                Long until = ticker.nanos() + phase.creationMillis * 1_000_000;
                under.add(until);
                most = Math.max(most, under.size());
                while (ticker.nanos() - until < 0) {
                    moved.await();
                }
                under.remove(until);
                if (phase == Phase.DEAD) {
                    throw new IOException("refused");
                }
                return new Object();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void destroy(Object connection) {}

        void move(Phase now) {
            lock.lock();
            try {
                phase = now;
                ticker.advance(STEP);
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// {@return whether those that the pool knows of, and no others, are waiting for time}
        boolean isSettled(ObjectPool<?> pool) {
            lock.lock();
            try {
                return pool.creating() == under.size()
                        && under.stream().allMatch(until -> until - ticker.nanos() > 0);
            } finally {
                lock.unlock();
            }
        }

        /// {@return attempts begun, and the most at a time, since the last call}
        int[] take() {
            lock.lock();
            try {
                int[] taken = {begun, most};
                begun = 0;
                most = under.size();
                return taken;
            } finally {
                lock.unlock();
            }
        }
    }

    private record Row(int second, Phase phase, int attempts, int most, int size, long refused) {}

    private final ManualTicker ticker = new ManualTicker();
    private final BackEnd backEnd = new BackEnd(ticker);
    private final Deque<CompletableFuture<PooledConnection<Object>>> crowd = new ArrayDeque<>();
    private long refused;

    @Test
    void backEnd_deadThenSlowThenWell_isNeverStormed() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ObjectPool<Object> pool = pool()) {
            for (int second = 0; second < 16; second++) {
                long before = refused;
                for (int step = 0; step < STEPS_A_SECOND; step++) {
                    step(pool, Phase.at(second));
                }
                int[] taken = backEnd.take();
                rows.add(
                        new Row(
                                second,
                                Phase.at(second),
                                taken[0],
                                taken[1],
                                pool.size(),
                                refused - before));
            }
            crowd.forEach(future -> future.cancel(true));
        }
        Files.writeString(Path.of("target", "recovery-curve.md"), table(rows));
        judge(rows);
    }

    private ObjectPool<Object> pool() {
        ObjectPool<Object> pool =
                (ObjectPool<Object>)
                        Pool.builder(backEnd)
                                .name("curve")
                                .maxSize(SIZE)
                                .createConcurrency(AT_A_TIME)
                                .failFastAfter(3)
                                .ticker(ticker)
                                .build();
        pool.population().drawFrom(new SplittableRandom(7));
        return pool;
    }

    /// Everybody who was refused or served asks again; then time moves, and the keeper looks.
    private void step(ObjectPool<Object> pool, Phase phase) {
        for (int i = crowd.size(); i > 0; i--) {
            CompletableFuture<PooledConnection<Object>> asked = crowd.remove();
            if (asked.isDone()) {
                end(asked);
            } else {
                crowd.add(asked);
            }
        }
        while (crowd.size() < CROWD) {
            crowd.add(pool.acquireAsync(Duration.ofDays(1)));
        }
        backEnd.move(phase);
        pool.keeper().round();
        while (!backEnd.isSettled(pool)) {
            Thread.yield();
        }
    }

    private void end(CompletableFuture<PooledConnection<Object>> asked) {
        try {
            asked.join().close();
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(PoolUnavailableException.class);
            refused++;
        }
    }

    private static void judge(List<Row> rows) {
        // The first second has three failures before the outage is known.
        assertThat(rows.getFirst().most).isLessThanOrEqualTo(AT_A_TIME);
        assertThat(rows.getFirst().attempts).isLessThanOrEqualTo(40);
        for (Row row : rows.subList(1, rows.size())) {
            if (row.phase == Phase.DEAD) {
                assertThat(row.most).as("%s", row).isLessThanOrEqualTo(1);
                assertThat(row.attempts).as("%s", row).isLessThanOrEqualTo(12);
                assertThat(row.refused).as("%s", row).isGreaterThan(1_000);
            }
            assertThat(row.most).as("%s", row).isLessThanOrEqualTo(AT_A_TIME);
        }
        assertThat(rows.getLast().size).isEqualTo(SIZE);
        int made = rows.stream().filter(r -> r.phase != Phase.DEAD).mapToInt(Row::attempts).sum();
        assertThat(made).as("attempts once it is back").isLessThanOrEqualTo(SIZE + 1);
    }

    private static String table(List<Row> rows) {
        StringBuilder table =
                new StringBuilder("| second | back end | attempts begun | most at a time")
                        .append(" | objects | refused |\n|---|---|---|---|---|---|\n");
        for (Row row : rows) {
            String phase = row.phase.name().toLowerCase(Locale.ROOT);
            table.append("| ").append(row.second + 1).append(" | ").append(phase);
            table.append(" | ").append(row.attempts).append(" | ").append(row.most);
            table.append(" | ").append(row.size).append(" | ").append(row.refused).append(" |\n");
        }
        return table.toString();
    }
}
