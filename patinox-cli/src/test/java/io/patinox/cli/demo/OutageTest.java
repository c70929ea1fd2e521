package io.patinox.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class OutageTest {

    @Test
    void outage_unwatched_isNotEndedByAConnection() {
        var outage = new Outage("restart", 100, false);
        assertThat(outage.end(150)).isFalse();
        assertThat(outage.nanos()).isNull();
        outage.watch();
        assertThat(outage.end(180)).isTrue();
        assertThat(outage.end(200)).isFalse();
        assertThat(outage.nanos()).isEqualTo(80);
    }

    @Test
    void wait_partlyInTheOutage_overlaps() {
        var outage = new Outage("kill", 100, true);
        assertThat(outage.overlaps(50, 99)).isFalse();
        assertThat(outage.overlaps(50, 100)).isTrue();
        assertThat(outage.overlaps(500, 600)).isTrue();
        outage.end(200);
        assertThat(outage.overlaps(200, 300)).isTrue();
        assertThat(outage.overlaps(201, 300)).isFalse();
    }

    @Test
    void log_newConnection_endsWhatIsWatched() {
        var log = new OutageLog();
        assertThat(log.anyDuring(0, System.nanoTime())).isFalse();
        Outage kill = log.begin("kill", true);
        Outage restart = log.begin("restart", false);
        log.connected();
        assertThat(kill.nanos()).isNotNull().isNotNegative();
        assertThat(restart.nanos()).isNull();
        assertThat(log.anyDuring(System.nanoTime(), System.nanoTime())).isTrue();
        assertThat(log.outages()).containsExactly(kill, restart);
    }

    @Test
    void error_ofADeadConnection_isKnownByItsState() {
        assertThat(death("08006")).isTrue();
        assertThat(death("57P01")).isTrue();
        assertThat(death("23505")).isFalse();
        assertThat(death(null)).isFalse();
        assertThat(
                        PhaseTally.isDeathOfConnection(
                                new SQLException("wrapped", null, new SQLException("x", "57P02"))))
                .isTrue();
    }

    @Test
    void place_ofALeak_isTheFirstLineOfOurOwn() {
        var site = new Throwable();
        assertThat(Leak.place(site))
                .startsWith("OutageTest.place_ofALeak_isTheFirstLineOfOurOwn(")
                .containsPattern("OutageTest.java:\\d+\\)$");
        assertThat(Leak.place(null)).isEmpty();
        site.setStackTrace(new StackTraceElement[0]);
        assertThat(Leak.place(site)).isEmpty();
    }

    private static boolean death(String state) {
        return PhaseTally.isDeathOfConnection(new SQLException("odd", state));
    }
}
