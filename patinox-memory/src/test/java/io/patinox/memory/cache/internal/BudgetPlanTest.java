package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.MissRatioCurve;
import io.patinox.memory.cache.MissRatioCurve.Point;
import io.patinox.memory.cache.internal.BudgetPlan.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetPlanTest {

    /// Half of the reads are found with 1,000 entries, and so on.
    private static MissRatioCurve concave() {
        return new MissRatioCurve(
                List.of(
                        new Point(1_000, 0.5),
                        new Point(2_000, 0.7),
                        new Point(4_000, 0.8),
                        new Point(8_000, 0.85)),
                50_000);
    }

    /// Nothing is found before all of it fits.
    private static MissRatioCurve loop(long entries) {
        return new MissRatioCurve(
                List.of(new Point(entries - 1, 0), new Point(entries, 1)), 50_000);
    }

    private static Claim claim(double reads, @Nullable MissRatioCurve curve) {
        return new Claim(1, Long.MAX_VALUE, 1_000, 1, reads, curve);
    }

    @Test
    void allot_oneIsReadMore_getsMore() {
        long[] bytes =
                BudgetPlan.allot(4_000, List.of(claim(9_000, concave()), claim(1_000, concave())));

        assertThat(bytes[0]).isGreaterThan(2_500);
        assertThat(bytes[0] + bytes[1]).isBetween(3_990L, 4_000L);
    }

    @Test
    void allot_entriesAreLarger_costMore() {
        Claim small = new Claim(1, Long.MAX_VALUE, 1_000, 1, 1_000, concave());
        Claim large = new Claim(1, Long.MAX_VALUE, 1_000, 100, 1_000, concave());

        long[] bytes = BudgetPlan.allot(8_000, List.of(small, large));

        assertThat(bytes[0]).isGreaterThan(7_000);
    }

    @Test
    void allot_loopThatFits_isServedWhole() {
        long[] bytes =
                BudgetPlan.allot(
                        4_000, List.of(claim(1_000, concave()), claim(1_000, loop(2_500))));

        assertThat(bytes[1]).isGreaterThanOrEqualTo(2_500);
    }

    @Test
    void allot_loopThatDoesNotFit_getsNothingOfUse() {
        long[] bytes =
                BudgetPlan.allot(
                        4_000, List.of(claim(1_000, concave()), claim(1_000, loop(50_000))));

        assertThat(bytes[0]).isGreaterThan(3_900);
    }

    @Test
    void allot_nothingIsKnown_keepsOrSharesEqually() {
        Claim has = new Claim(10, Long.MAX_VALUE, 600, 1, 0, null);
        Claim isNew = new Claim(10, Long.MAX_VALUE, 0, 1, 0, null);

        assertThat(BudgetPlan.allot(1_200, List.of(has, isNew))).containsExactly(600, 600);
        assertThat(BudgetPlan.allot(600, List.of(has, isNew))[1]).isBetween(180L, 220L);
        assertThat(BudgetPlan.allot(50, List.of())).isEmpty();
    }

    @Test
    void hits_ofAPlan_countWhatIsKnown() {
        List<Claim> claims = List.of(claim(100, concave()), claim(100, null));

        assertThat(BudgetPlan.hits(claims, new long[] {1_000, 1_000})).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void allot_anyClaims_staysWithinFloorsCeilingsAndTheTotal(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<Claim> claims = new ArrayList<>();
            long floors = 0;
            for (int i = random.nextInt(1, 7); i > 0; i--) {
                long floor = 1 + random.nextLong(1_000);
                floors += floor;
                claims.add(
                        new Claim(
                                floor,
                                floor + random.nextLong(5_000),
                                random.nextLong(3_000),
                                1 + random.nextDouble() * 50,
                                random.nextInt(10_000),
                                switch (random.nextInt(3)) {
                                    case 0 -> null;
                                    case 1 -> concave();
                                    default -> loop(2 + random.nextInt(3_000));
                                }));
            }
            long total = floors + random.nextLong(20_000);

            long[] bytes = BudgetPlan.allot(total, claims);

            long sum = 0;
            for (int i = 0; i < bytes.length; i++) {
                assertThat(bytes[i])
                        .as("seed %d", seed)
                        .isBetween(claims.get(i).floorBytes(), claims.get(i).ceilingBytes());
                sum += bytes[i];
            }
            assertThat(sum).as("seed %d", seed).isLessThanOrEqualTo(total);
            long ceilings = claims.stream().mapToLong(Claim::ceilingBytes).sum();
            assertThat(sum)
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(Math.min(total, ceilings) - bytes.length);
        }
    }
}
