package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.cache.CacheAdvice.Verdict;
import io.patinox.memory.cache.MissRatioCurve.Point;
import io.patinox.memory.error.InvalidOptionException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheAdvisorTest {

    private static MissRatioCurve curve(double half, double now, double twice, double fourTimes) {
        return new MissRatioCurve(
                List.of(
                        new Point(500, half),
                        new Point(1_000, now),
                        new Point(2_000, twice),
                        new Point(4_000, fourTimes)),
                50_000);
    }

    private static CacheAdvice advice(double half, double now, double twice, double fourTimes) {
        return CacheAdvisor.advise(curve(half, now, twice, fourTimes), 1_000, now);
    }

    @Test
    void advise_twiceFindsMore_saysHowMuch() {
        assertThat(advice(0.6, 0.71, 0.78, 0.79))
                .isEqualTo(
                        new CacheAdvice(
                                Verdict.TOO_SMALL,
                                2_000,
                                "twice the size would raise hits from 71 % to 78 %"));
        assertThat(advice(0.6, 0.71, 0.78, 0.93))
                .returns(4_000L, CacheAdvice::recommendedEntries)
                .hasToString(
                        "twice the size would raise hits from 71 % to 78 %, four times to 93.0 %");
    }

    @Test
    void advise_realHitRatioIsAnother_startsFromThat() {
        CacheAdvice advice = CacheAdvisor.advise(curve(0.4, 0.5, 0.6, 0.6), 1_000, 0.75);

        assertThat(advice).hasToString("twice the size would raise hits from 75 % to 80 %");
    }

    @Test
    void advise_loopThatFitsIntoFourTimes_saysSo() {
        assertThat(advice(0.1, 0.11, 0.12, 0.9))
                .returns(Verdict.TOO_SMALL, CacheAdvice::verdict)
                .hasToString(
                        "four times the size would raise hits from 11 % to 90 %; twice would not");
    }

    @Test
    void advise_halfFindsAsMuch_isTooLarge() {
        assertThat(advice(0.899, 0.9, 0.9, 0.9))
                .isEqualTo(
                        new CacheAdvice(
                                Verdict.TOO_LARGE,
                                500,
                                "half the size would find as much: 90 % instead of 90 %"));
    }

    @Test
    void advise_betweenTheTwo_fits() {
        assertThat(advice(0.8, 0.89, 0.9, 0.9))
                .returns(Verdict.RIGHT_SIZE, CacheAdvice::verdict)
                .returns(1_000L, CacheAdvice::recommendedEntries)
                .hasToString(
                        "the size fits: twice as much would raise hits from 89 % to 90 %,"
                                + " half would lower them to 80 %");
    }

    @Test
    void advise_keysThatDoNotComeBack_saysSo() {
        assertThat(advice(0, 0.01, 0.02, 0.05))
                .returns(Verdict.HARDLY_ANY_REPEATS, CacheAdvice::verdict)
                .hasToString(
                        "even four times the size would find no more than 5.0 %: keys hardly ever"
                                + " come back");
    }

    @Test
    void advise_fewReads_saysNothing() {
        MissRatioCurve curve = new MissRatioCurve(List.of(new Point(10, 0.5)), 10);

        assertThat(CacheAdvisor.advise(curve, 10, 0.5))
                .returns(Verdict.TOO_LITTLE_TRAFFIC, CacheAdvice::verdict)
                .returns(10L, CacheAdvice::recommendedEntries);
        assertThatThrownBy(() -> CacheAdvisor.advise(curve, 0, 0.5))
                .isInstanceOf(InvalidOptionException.class);
    }
}
