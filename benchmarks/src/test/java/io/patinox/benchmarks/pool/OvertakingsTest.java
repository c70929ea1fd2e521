package io.patinox.benchmarks.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OvertakingsTest {

    private static final long SLACK = Overtakings.SLACK_NANOS;

    private static WaitLog log(long requested, long granted, long released) {
        WaitLog log = new WaitLog(1);
        log.add(requested, granted, released);
        return log;
    }

    @Test
    void count_servedBeforeSomebodyWhoQueuedEarlier_isOne() {
        WaitLog patient = log(0, 10 * SLACK, 9 * SLACK);
        WaitLog pusher = log(2 * SLACK, 3 * SLACK, 0);
        assertThat(Overtakings.count(List.of(patient, pusher))).isOne();
    }

    @Test
    void count_everyPusher_isCountedOnce() {
        WaitLog patient = log(0, 10 * SLACK, 9 * SLACK);
        WaitLog other = log(1, 11 * SLACK, 10 * SLACK);
        WaitLog pushers = new WaitLog(3);
        pushers.add(2 * SLACK, 3 * SLACK, 0);
        pushers.add(4 * SLACK, 5 * SLACK, 3 * SLACK);
        pushers.add(12 * SLACK, 13 * SLACK, 11 * SLACK);
        assertThat(Overtakings.count(List.of(pushers, other, patient))).isEqualTo(2);
    }

    @Test
    void count_requestedWithinTheSlack_isOrder() {
        WaitLog patient = log(0, 10 * SLACK, 9 * SLACK);
        WaitLog neighbour = log(SLACK, 3 * SLACK, 0);
        assertThat(Overtakings.count(List.of(patient, neighbour))).isZero();
    }

    @Test
    void count_wokenLateButServedInTime_isOrder() {
        // the object was free at 2, and its borrower got a processor only at 10
        WaitLog sleepy = log(0, 10 * SLACK, 2 * SLACK);
        WaitLog quick = log(2 * SLACK, 3 * SLACK, 0);
        assertThat(Overtakings.count(List.of(sleepy, quick))).isZero();
    }

    @Test
    void count_noAcquires_isZero() {
        assertThat(Overtakings.count(List.of(new WaitLog(4)))).isZero();
    }
}
