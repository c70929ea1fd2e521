package io.patinox.benchmarks.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.benchmarks.door.Effort;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalkedTest {

    private static final int RESOURCES = 1_000;
    private static final Walked WALKED = new Walked(RESOURCES);
    private static final Effort EFFORT =
            new Effort(1, Duration.ofMillis(20), Duration.ofMillis(100), Duration.ZERO);

    /// A registry that can be walked, and holds its lock meanwhile. The lock is fair, or it would
    /// be chance whether the walk starves the others or they the walk.
    private static final class Locked implements Contestant {

        private final Lock lock = new ReentrantLock(true);
        private long open;

        @Override
        public AutoCloseable acquire() {
            add(1);
            return () -> add(-1);
        }

        private void add(int change) {
            lock.lock();
            try {
                open += change;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long walk() {
            lock.lock();
            try {
                // nobody counts it down: the walk takes its time
                var _ = new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
                return open;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                lock.unlock();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Peers.PATINOX_OPEN, Peers.PATINOX_BALANCE, Peers.SET})
    void measure_whoCanBeWalked_yieldsEveryMetric(String name) throws Exception {
        assertThat(WALKED.measure(name, EFFORT))
                .containsOnlyKeys(Walked.METRICS)
                .containsEntry(Walked.UNSEEN, 0.0)
                .hasEntrySatisfying(Walked.WALKS, rate -> assertThat(rate).isPositive())
                .hasEntrySatisfying(Walked.KEPT, share -> assertThat(share).isPositive());
    }

    @Test
    void kept_lockHeldOverTheWalk_missesTheBar() throws Exception {
        assertThat(WALKED.measure(new Locked(), EFFORT).get(Walked.KEPT)).isLessThan(25);
    }

    @Test
    void unseen_walkThatStopsEarly_isCounted() throws Exception {
        Contestant blind =
                new Contestant() {
                    @Override
                    public AutoCloseable acquire() {
                        return new PlainResource();
                    }

                    @Override
                    public long walk() {
                        return RESOURCES - 7;
                    }
                };
        assertThat(WALKED.measure(blind, EFFORT)).containsEntry(Walked.UNSEEN, 7.0);
    }

    @Test
    void measure_walkThatFails_failsWithItsFailure() {
        Contestant broken =
                new Contestant() {
                    @Override
                    public AutoCloseable acquire() {
                        return new PlainResource();
                    }

                    @Override
                    public long walk() {
                        throw new IllegalArgumentException("lost the way");
                    }
                };
        assertThatThrownBy(() -> WALKED.measure(broken, EFFORT))
                .hasMessageContaining("lost the way")
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
}
