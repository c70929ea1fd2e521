package io.patinox.benchmarks.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Metric;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CrowdTest {

    private static final Effort EFFORT =
            new Effort(1, Duration.ofMillis(50), Duration.ofMillis(400), Duration.ZERO);
    private static final Crowd CROWD = new Crowd(8, false, 1, Duration.ofNanos(300_000));

    @Test
    void overtaking_poolThatServesTheLastFirst_isSeen() throws Exception {
        Map<Metric, Double> unfair = CROWD.measure(new UnfairPool(1), EFFORT);
        Map<Metric, Double> fair = CROWD.measure(Peers.SEMAPHORE, EFFORT);
        assertThat(unfair.get(CrowdResult.OVERTAKING)).isGreaterThan(10);
        assertThat(fair.get(CrowdResult.OVERTAKING))
                .as("a strict queue beside it, in the same weather")
                .isLessThan(unfair.get(CrowdResult.OVERTAKING) / 5);
    }

    @Test
    void measure_heldObjects_yieldsEveryMetricInItsRange() throws Exception {
        Map<Metric, Double> metrics = CROWD.measure(Peers.SEMAPHORE, EFFORT);
        assertThat(metrics.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        CrowdResult.METRICS.stream()
                                .filter(metric -> metric != CrowdResult.OVERTAKINGS_INSIDE)
                                .toList());
        assertThat(metrics.get(CrowdResult.THROUGHPUT)).isPositive();
        assertThat(metrics.get(CrowdResult.BUSY)).isBetween(1.0, 101.0);
        assertThat(metrics.get(CrowdResult.FAIRNESS)).isBetween(0.0, 1.0);
        assertThat(metrics.get(CrowdResult.WAIT_P50) / 1_000)
                .isLessThanOrEqualTo(metrics.get(CrowdResult.WORST_WAIT));
        assertThat(metrics.get(CrowdResult.WAIT_P99))
                .isBetween(metrics.get(CrowdResult.WAIT_P50), metrics.get(CrowdResult.WAIT_P999));
    }

    @Test
    void measure_noHold_hasNoBusyShare() throws Exception {
        Crowd rush = new Crowd(20, true, 4, Duration.ZERO);
        Map<Metric, Double> metrics = rush.measure(Peers.SEMAPHORE, EFFORT);
        assertThat(metrics).doesNotContainKey(CrowdResult.BUSY);
        assertThat(metrics.get(CrowdResult.THROUGHPUT)).isPositive();
    }

    @Test
    void measure_poolThatCountsOvertakings_isBelieved() throws Exception {
        Contestant counting =
                new Contestant() {
                    private final FairSemaphorePool<StubConnection> pool = Peers.semaphore(1);

                    @Override
                    public StubConnection acquire() throws Exception {
                        return pool.acquire();
                    }

                    @Override
                    public void release(Object acquired) {
                        pool.release((StubConnection) acquired);
                    }

                    @Override
                    public OptionalLong overtakings() {
                        return OptionalLong.of(7);
                    }
                };
        assertThat(CROWD.measure(counting, Effort.SMOKE))
                .containsEntry(CrowdResult.OVERTAKINGS_INSIDE, 7.0);
    }

    @Test
    void measure_poolThatFails_failsWithItsFailure() {
        Contestant broken =
                new Contestant() {
                    @Override
                    public StubConnection acquire() {
                        throw new IllegalArgumentException("no luck");
                    }

                    @Override
                    public void release(Object acquired) {
                        throw new IllegalArgumentException("never borrowed");
                    }
                };
        assertThatThrownBy(() -> CROWD.measure(broken, Effort.SMOKE))
                .hasMessageContaining("no luck")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }
}
