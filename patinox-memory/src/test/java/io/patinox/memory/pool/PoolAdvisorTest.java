package io.patinox.memory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.monitor.Histogram;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.pool.PoolAdvice.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PoolAdvisorTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// A pool whose figures a test makes up.
    private static final class Figures {
        private final Histogram wait = Histogram.nanos();
        private final Histogram usage = Histogram.nanos();
        private final Histogram create = Histogram.nanos();
        private final String name;
        long acquired;
        long waited;
        long timeouts;
        long createFailed;
        int size = 10;
        int inUse;
        int waiting;

        Figures(String name) {
            this.name = name;
        }

        /// So many leases, each held for so long: a tick falls into some, as many as there are of
        /// it.
        Figures leases(int count, Duration held) {
            acquired += count;
            long ticks = Math.round((double) count * held.toMillis() / 100);
            for (long i = 0; i < ticks; i++) {
                usage.record(100_000_000);
            }
            return this;
        }

        Figures waits(int count, Duration each) {
            waited += count;
            for (int i = 0; i < count; i++) {
                wait.record(each.toNanos());
            }
            return this;
        }

        Figures timeouts(int count, Duration each) {
            timeouts += count;
            for (int i = 0; i < count; i++) {
                wait.record(each.toNanos());
            }
            return this;
        }

        Figures creations(int count, Duration each) {
            for (int i = 0; i < count; i++) {
                create.record(each.toNanos());
            }
            return this;
        }

        MetricsSnapshot now() {
            return MetricsSnapshot.builder("pool", name)
                    .counter("pool.acquired", acquired)
                    .counter("pool.acquired.waited", waited)
                    .counter("pool.timeouts", timeouts)
                    .counter("pool.create.failed", createFailed)
                    .gauge("pool.in-use", inUse)
                    .gauge("pool.waiting", waiting)
                    .gauge("pool.size", size)
                    .gauge("pool.max-size", 10)
                    .histogram("pool.wait", wait.snapshot())
                    .histogram("pool.usage", usage.snapshot())
                    .histogram("pool.create", create.snapshot())
                    .build();
        }
    }

    private final Figures figures = new Figures("orders");
    private MetricsSnapshot before = figures.now();

    private PoolAdvice advice() {
        return PoolAdvisor.advise(before, figures.now(), MINUTE);
    }

    @Test
    void advise_hardlyAnyAcquires_saysNothingOfTheSize() {
        figures.leases(99, Duration.ofMillis(10));
        assertThat(advice().verdict()).isEqualTo(Verdict.TOO_LITTLE_TRAFFIC);
        assertThat(advice().recommendedSize()).isEqualTo(10);
        assertThat(advice().sentence()).contains("99 acquires");
    }

    @Test
    void advise_theSizeFits_saysSo() {
        // 60 ms each, 100 a second: six in use
        figures.leases(6_000, Duration.ofMillis(60)).waits(30, Duration.ofMillis(5));
        PoolAdvice advice = advice();
        assertThat(advice.verdict()).isEqualTo(Verdict.RIGHT_SIZE);
        assertThat(advice.load().meanInUse()).isBetween(5.9, 6.1);
        assertThat(advice.load().meanHold())
                .isBetween(Duration.ofMillis(59), Duration.ofMillis(61));
        assertThat(advice.load().waited()).isBetween(0.0049, 0.0051);
        assertThat(advice).hasToString(advice.sentence());
        assertThat(advice.sentence())
                .isEqualTo(
                        "pool 'orders', 10 objects at most, in 60.0 s: 0.5 % of 6,000 acquires"
                                + " waited, and 6.0 were in use on average: its size fits");
    }

    @Test
    void advise_aCrowdWaits_recommendsTheCrowd() {
        // 10 objects held for 50 ms by 15 clients without a break: 200 a second, 25 ms of waiting
        figures.leases(12_000, Duration.ofMillis(50)).waits(12_000, Duration.ofMillis(25));
        PoolAdvice advice = advice();
        assertThat(advice.verdict()).isEqualTo(Verdict.TOO_SMALL);
        assertThat(advice.recommendedSize()).isBetween(15, 16);
        assertThat(advice.load().meanWaiting()).isBetween(4.9, 5.1);
        assertThat(advice.sentence())
                .contains("100.0 % of 12,000 acquires waited, for 25.0 ms on average")
                .contains("10.0 were in use: it is too small");
    }

    @Test
    void advise_arrivalsTimeOut_recommendsWhatTheLoadTakes() {
        // 300 a second come, held for 50 ms: 15 at a time; 100 a second leave after 5 s
        figures.leases(12_000, Duration.ofMillis(50))
                .waits(12_000, Duration.ofSeconds(5))
                .timeouts(6_000, Duration.ofSeconds(5));
        PoolAdvice advice = advice();
        assertThat(advice.verdict()).isEqualTo(Verdict.TOO_SMALL);
        assertThat(advice.recommendedSize()).isBetween(22, 24);
        assertThat(advice.sentence()).contains("6,000 got none");
    }

    @Test
    void advise_burstsWait_recommendsMoreAlthoughMostlyIdle() {
        // twenty at once, once a second, for 10 ms each
        figures.leases(1_200, Duration.ofMillis(10)).waits(600, Duration.ofMillis(10));
        PoolAdvice advice = advice();
        assertThat(advice.verdict()).isEqualTo(Verdict.TOO_SMALL);
        assertThat(advice.recommendedSize()).isBetween(19, 21);
    }

    @Test
    void advise_longLeasesThroughout_countAsInUse() {
        figures.inUse = 10;
        figures.waiting = 4;
        before = figures.now();
        figures.timeouts(4, Duration.ofSeconds(30));
        PoolAdvice advice = advice();
        assertThat(advice.load().meanInUse()).isEqualTo(10);
        assertThat(advice.load().meanWaiting()).isEqualTo(4);
        assertThat(advice.verdict()).isEqualTo(Verdict.TOO_SMALL);
        assertThat(advice.recommendedSize()).isGreaterThan(10);
    }

    @Test
    void advise_muchIsIdle_recommendsFewer() {
        figures.leases(6_000, Duration.ofMillis(10));
        PoolAdvice advice = advice();
        assertThat(advice.verdict()).isEqualTo(Verdict.TOO_LARGE);
        assertThat(advice.recommendedSize()).isEqualTo(5);
        assertThat(advice.sentence()).contains("larger than needed, 5 would do");
    }

    @Test
    void advise_creatingFails_blamesTheBackEnd() {
        figures.size = 0;
        figures.createFailed = 12;
        figures.timeouts(20, Duration.ofSeconds(5));
        PoolAdvice advice = advice();
        assertThat(advice.verdict()).isEqualTo(Verdict.LIMITED_BY_BACK_END);
        assertThat(advice.recommendedSize()).isEqualTo(10);
        assertThat(advice.sentence()).contains("only 0 were there", "12 attempts to create");
    }

    @Test
    void advise_creatingFailedFullByNow_blamesTheBackEndUnlessAllIsInUse() {
        figures.createFailed = 3;
        figures.leases(200, Duration.ofMillis(10)).timeouts(20, Duration.ofSeconds(5));
        assertThat(advice().verdict()).isEqualTo(Verdict.LIMITED_BY_BACK_END);
        assertThat(advice().sentence()).doesNotContain("were there").contains("3 attempts");
        figures.leases(12_000, Duration.ofMillis(50));
        assertThat(advice().verdict()).isEqualTo(Verdict.TOO_SMALL);
    }

    @Test
    void advise_oneOfFewTimedOut_saysNothingOfTheSize() {
        figures.leases(3, Duration.ofMillis(10)).timeouts(1, Duration.ofSeconds(5));
        assertThat(advice().verdict()).isEqualTo(Verdict.TOO_LITTLE_TRAFFIC);
    }

    @Test
    void advise_creatingIsSlow_blamesTheBackEnd() {
        figures.size = 4;
        figures.leases(1_000, Duration.ofMillis(50))
                .waits(900, Duration.ofSeconds(1))
                .creations(4, Duration.ofSeconds(9));
        PoolAdvice advice = advice();
        assertThat(advice.verdict()).isEqualTo(Verdict.LIMITED_BY_BACK_END);
        assertThat(advice.sentence()).contains("creating one took 9.0 s");
    }

    @Test
    void advise_objectsAreHeldMuchLonger_blamesTheBackEnd() {
        figures.leases(12_000, Duration.ofMillis(20));
        before = figures.now();
        figures.leases(6_000, Duration.ofMillis(100)).waits(6_000, Duration.ofMillis(200));
        PoolAdvice advice = advice();
        assertThat(advice.verdict()).isEqualTo(Verdict.LIMITED_BY_BACK_END);
        assertThat(advice.sentence()).contains("held for 100 ms instead of 20.0 ms before");
    }

    @Test
    void advise_snapshotsThatDontBelongTogether_areRefused() {
        MetricsSnapshot other = new Figures("users").now();
        MetricsSnapshot cache = MetricsSnapshot.builder("cache", "orders").build();
        MetricsSnapshot bare = MetricsSnapshot.builder("pool", "orders").build();
        figures.acquired = 1;
        MetricsSnapshot later = figures.now();
        assertRefused(before, other, MINUTE);
        assertRefused(before, cache, MINUTE);
        assertRefused(bare, later, MINUTE);
        assertRefused(later, before, MINUTE);
        assertRefused(before, later, Duration.ZERO);
        assertRefused(null, later, MINUTE);
        assertRefused(before, null, MINUTE);
    }

    private static void assertRefused(MetricsSnapshot one, MetricsSnapshot two, Duration window) {
        assertThatThrownBy(() -> PoolAdvisor.advise(one, two, window))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void advice_missingParts_isRefused() {
        PoolAdvice good = advice();
        assertThatThrownBy(() -> new PoolAdvice(null, 1, good.load(), "x"))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> new PoolAdvice(good.verdict(), 0, good.load(), "x"))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> new PoolAdvice(good.verdict(), 1, good.load(), " "))
                .isInstanceOf(InvalidOptionException.class);
    }
}
