package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.patinox.memory.cache.MissRatioCurve.Point;
import io.patinox.memory.error.InvalidOptionException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MissRatioCurveTest {

    private final MissRatioCurve curve =
            new MissRatioCurve(
                    List.of(new Point(100, 0.5), new Point(200, 0.7), new Point(400, 0.8)), 5_000);

    @Test
    void hitRatioAt_anySize_liesOnTheCurve() {
        assertThat(curve.hitRatioAt(0)).isZero();
        assertThat(curve.hitRatioAt(50)).isEqualTo(0.25);
        assertThat(curve.hitRatioAt(100)).isEqualTo(0.5);
        assertThat(curve.hitRatioAt(150)).isCloseTo(0.6, within(1e-9));
        assertThat(curve.hitRatioAt(9_000)).isEqualTo(0.8);
        assertThat(curve.reach()).isEqualTo(400);
        assertThat(curve.samples()).isEqualTo(5_000);
        assertThat(curve).asString().contains("hitRatio=0.7");
    }

    @Test
    void entriesFor_aRatio_isWhereTheCurveReachesIt() {
        assertThat(curve.entriesFor(0.25)).isEqualTo(OptionalLong.of(50));
        assertThat(curve.entriesFor(0.75)).isEqualTo(OptionalLong.of(300));
        assertThat(curve.entriesFor(0)).isEqualTo(OptionalLong.of(0));
        assertThat(curve.entriesFor(0.81)).isEmpty();
        MissRatioCurve flat = new MissRatioCurve(List.of(new Point(10, 0), new Point(20, 0.5)), 0);
        assertThat(flat.entriesFor(0)).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void anchored_atTheSizeOfTheCache_findsWhatItFinds() {
        MissRatioCurve fitted = curve.anchored(200, 0.85);

        assertThat(fitted.hitRatioAt(200)).isCloseTo(0.85, within(1e-9));
        assertThat(fitted.hitRatioAt(400)).isCloseTo(0.9, within(1e-9));
        assertThat(fitted.hitRatioAt(100)).isCloseTo(0.75, within(1e-9));
        assertThat(curve.anchored(400, 0).hitRatioAt(100)).isZero();
    }

    @Test
    void anchored_nothingToCompare_isTheCurveItself() {
        MissRatioCurve empty = new MissRatioCurve(List.of(), 0);
        MissRatioCurve full = new MissRatioCurve(List.of(new Point(10, 1)), 9);

        assertThat(empty.anchored(5, 0.5)).isSameAs(empty);
        assertThat(empty.hitRatioAt(7)).isZero();
        assertThat(empty.reach()).isZero();
        assertThat(full.anchored(10, 0.5)).isSameAs(full);
    }

    @Test
    void curve_wrongPoints_areRefused() {
        assertThatThrownBy(() -> new Point(0, 0.5)).isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> new Point(1, 1.5)).isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> new Point(1, Double.NaN))
                .isInstanceOf(InvalidOptionException.class);
        List<Point> unsorted = List.of(new Point(2, 0.5), new Point(1, 0.6));
        assertThatThrownBy(() -> new MissRatioCurve(unsorted, 0))
                .isInstanceOf(InvalidOptionException.class);
        List<Point> falling = List.of(new Point(1, 0.5), new Point(2, 0.4));
        assertThatThrownBy(() -> new MissRatioCurve(falling, 0))
                .isInstanceOf(InvalidOptionException.class);
    }
}
