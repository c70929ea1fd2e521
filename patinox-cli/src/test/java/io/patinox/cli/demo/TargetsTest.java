package io.patinox.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.cli.demo.PhaseFigures.Timeouts;
import io.patinox.cli.demo.PhaseFigures.Turns;
import io.patinox.cli.demo.PhaseFigures.Waits;
import io.patinox.cli.demo.Target.Verdict;
import io.patinox.cli.demo.bank.AuditResult;
import io.patinox.memory.resource.ResourceBalance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {

    private final Findings found =
            new Findings(new DemoOptions(100, Duration.ofSeconds(10), 10, false, null, null));

    @Test
    void judge_nothingReached_saysSoEverywhere() {
        assertThat(Targets.judge(found))
                .hasSize(7)
                .allMatch(t -> t.verdict() == Verdict.NOT_REACHED);
        assertThat(found.report().allMet()).isFalse();
    }

    @Test
    void judge_withChaos_hasTwoTargetsMore() {
        var chaotic =
                new Findings(new DemoOptions(100, Duration.ofSeconds(10), 10, true, null, null));
        assertThat(Targets.judge(chaotic)).hasSize(9);
    }

    @Test
    void judge_everythingGood_isMet() {
        good();
        assertThat(Targets.judge(found)).allMatch(target -> target.verdict() == Verdict.MET);
        assertThat(found.report().allMet()).isTrue();
    }

    @Test
    void report_withTrouble_isNeverAllMet() {
        good();
        found.trouble("the disk is full");
        found.trouble("a later reason");
        assertThat(found.report().allMet()).isFalse();
        assertThat(found.report().run().trouble()).isEqualTo("the disk is full");
    }

    @Test
    void warm_p95AtTheBound_isMissed() {
        good();
        found.warm(phase("warm", 1_000_000, new Turns(5, 5), new Timeouts(0, 0), 0));
        assertThat(missed()).containsExactly("warm: acquisition p95 under 1 ms");
    }

    @Test
    void crowd_oneOvertaking_isMissed() {
        good();
        found.pool(new PoolFigures(10, 0, Map.of(), 1, "10, fits the load"));
        assertThat(missed()).containsExactly("crowd: everybody served in order");
    }

    @Test
    void crowd_timeoutsInOutagesOnly_areForgiven() {
        good();
        found.crowd(phase("crowd", 0, new Turns(5, 5), new Timeouts(7, 0), 0));
        assertThat(missed()).isEmpty();
        found.crowd(phase("crowd", 0, new Turns(5, 5), new Timeouts(0, 1), 0));
        assertThat(missed()).containsExactly("crowd: nobody timed out outside the outages");
    }

    @ParameterizedTest
    @CsvSource({
        "0,2,true",
        "0,3,false",
        "18,20,true",
        "17,20,false",
        "27,30,true",
        "26,30,false",
        "90,100,true",
        "89,100,false",
        "0,0,true"
    })
    void turns_apart_areEvenWithinTenPerCentOrTwo(int fewest, int most, boolean even) {
        assertThat(new Turns(fewest, most).areEven()).isEqualTo(even);
    }

    @Test
    void crowd_thatNeverHadATurn_isMissed() {
        good();
        found.crowd(phase("crowd", 0, new Turns(0, 0), new Timeouts(0, 0), 0));
        assertThat(missed()).containsExactly("crowd: operations a client, even within 10 % or two");
    }

    @Test
    void clients_withSurprises_areMissed() {
        good();
        found.crowd(phase("crowd", 0, new Turns(5, 5), new Timeouts(0, 0), 1));
        assertThat(missed()).containsExactly("clients: no error but the death of a connection");
    }

    @Test
    void money_contradictedOrNeverMoved_isMissed() {
        good();
        found.audit(new AuditResult(1, 1, 0, 0, 0, 1, List.of("lost")));
        assertThat(missed()).containsExactly("money: database and ledgers agree");
        found.audit(new AuditResult(0, 0, 0, 0, 0, 0, List.of()));
        assertThat(missed()).containsExactly("money: database and ledgers agree");
    }

    @ParameterizedTest
    @CsvSource({"5,3,1,0,0,1", "5,4,1,0,0,0", "5,4,0,1,0,0", "5,4,0,0,0,1", "5,4,0,0,0,0"})
    void resources_failedAbandonedOpenOrLost_areMissed(
            long acquired, long cleaned, long failed, long abandoned, long detached, long open) {
        good();
        found.balance(new ResourceBalance(acquired, cleaned, failed, abandoned, detached, open));
        assertThat(missed())
                .containsExactly("resources: all acquired are accounted for, none open");
    }

    private void good() {
        found.warm(phase("warm", 999_999, new Turns(5, 5), new Timeouts(0, 0), 0));
        found.crowd(phase("crowd", 2_000_000_000, new Turns(5, 7), new Timeouts(0, 0), 0));
        found.pool(new PoolFigures(10, 0, Map.of("closed", 10L), 0, "10, fits the load"));
        found.audit(new AuditResult(600, 600, 0, 0, 0, 0, List.of()));
        found.balance(new ResourceBalance(13, 12, 0, 0, 1, 0));
    }

    private List<String> missed() {
        return Targets.judge(found).stream()
                .filter(target -> target.verdict() == Verdict.MISSED)
                .map(Target::name)
                .toList();
    }

    static PhaseFigures phase(
            String name, long p95, Turns turns, Timeouts timeouts, long surprises) {
        return new PhaseFigures(
                name,
                100,
                1_000_000_000,
                600,
                new Waits(1_000, p95, 2_000_000, 3_000_000, 4_000_000, 600),
                turns,
                timeouts,
                surprises,
                surprises == 0 ? null : "java.lang.IllegalStateException: odd");
    }
}
