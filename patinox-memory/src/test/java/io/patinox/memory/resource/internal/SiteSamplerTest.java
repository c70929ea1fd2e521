package io.patinox.memory.resource.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.monitor.Ticker;
import org.junit.jupiter.api.Test;

class SiteSamplerTest {
    private final ResourceSpec spec = new Fixtures().unlisted("r").spec();
    private final RegistryClock clock = new RegistryClock(Ticker.system());
    private final Stripe stripe = new PaddedStripe();

    private long samples(int oneIn, int of) {
        SiteSampler sampler = new SiteSampler(clock, oneIn);
        long samples = 0;
        for (int i = 0; i < of; i++) {
            ResourceSpec sampled = sampler.sample(spec, stripe);
            Throwable site = sampled.site();
            if (site != null) {
                assertThat(sampled.type()).isEqualTo(spec.type());
                assertThat(sampled.label()).isEqualTo("r");
                assertThat(site).hasMessageContaining("'type'");
                samples++;
            } else {
                assertThat(sampled).isSameAs(spec);
            }
        }
        return samples;
    }

    @Test
    void sample_manyTimes_keepsTheRate() {
        assertThat(samples(0, 1_000)).isZero();
        assertThat(samples(1, 1_000)).isEqualTo(1_000);
        // mean 1,000, standard deviation 20: many of those on either side
        assertThat(samples(10, 10_000)).isBetween(800L, 1_300L);
    }

    @Test
    void sample_typeHasItsOwnRate_keepsThat() {
        spec.kind().siteSampling(1);
        assertThat(samples(0, 1_000)).isEqualTo(1_000);
        spec.kind().siteSampling(0);
        assertThat(samples(1, 1_000)).isZero();
        spec.kind().siteSampling(10);
        assertThat(samples(1, 10_000)).isBetween(700L, 1_300L);
    }

    @Test
    void sample_busy_remembersOneATick() {
        clock.tick(1);
        assertThat(clock.isQuiet()).isFalse();

        // in this order: a rarer rate leaves the stripe counting down to its next sample
        assertThat(samples(1, 1_000)).isEqualTo(1_000);
        assertThat(samples(2, 1_000)).isEqualTo(SiteSampler.TICK_MAX);
    }
}
