package io.patinox.benchmarks.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Effort;
import io.patinox.benchmarks.door.Groups;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Regime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareGroupTest {

    private final ShareGroup group = new ShareGroup();

    @Test
    void groups_serviceLoader_findsIt() {
        assertThat(Groups.load().named("share")).isInstanceOf(ShareGroup.class);
    }

    @Test
    void names_ofRegimesAndBars_areUnique() {
        assertThat(group.regimes()).extracting(Regime::name).doesNotHaveDuplicates();
        assertThat(group.bars()).extracting(Bar::name).doesNotHaveDuplicates().isNotEmpty();
        assertThat(group.regimes())
                .allSatisfy(r -> assertThat(r.implementations()).startsWith(ShareGroup.PATINOX));
    }

    @Test
    void sample_ofEachRegime_isWhomTheBarsName() {
        assertThat(group.regimes())
                .extracting(Regime::sample)
                .doesNotContain(List.of())
                .allSatisfy(sample ->
                        assertThat(sample)
                                .startsWith(ShareGroup.PATINOX)
                                .doesNotContain(
                                        ShareGroup.REFERENCE,
                                        ShareGroup.COUNTED,
                                        ShareGroup.IN_PLACE));
    }

    @Test
    void shareRegime_oneFork_yieldsTimeAndAllocation() {
        Regime share = group.regimes().get(2);
        assertThat(share.measure(ShareGroup.PATINOX, Effort.SMOKE))
                .containsOnlyKeys(JmhRegime.TIME, JmhRegime.ALLOCATION)
                .allSatisfy((_, value) -> assertThat(value).isPositive());
    }
}
