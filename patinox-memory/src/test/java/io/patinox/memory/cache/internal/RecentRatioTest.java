package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RecentRatioTest {

    @Test
    void ratio_loadChanges_followsIt() {
        RecentRatio ratio = new RecentRatio();
        assertThat(ratio.ratio(0, 0)).isEqualTo(1);
        assertThat(ratio.ratio(10, 100)).isEqualTo(0.1);
        assertThat(ratio.ratio(1_000, 10_000)).isCloseTo(0.1, within(1e-9));

        assertThat(ratio.ratio(11_000, 20_000)).isCloseTo(10_500 / 15_000.0, within(1e-9));
        assertThat(ratio.ratio(21_000, 30_000)).isGreaterThan(0.85);
        assertThat(ratio.ratio(21_000, 30_000)).isGreaterThan(0.85);
    }
}
