package io.patinox.memory.resource.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SiteSamplerTest {
    private final ResourceSpec spec = new Fixtures().unlisted("r").spec();

    private long samples(int oneIn, int of) {
        SiteSampler sampler = new SiteSampler(oneIn);
        long samples = 0;
        for (int i = 0; i < of; i++) {
            ResourceSpec sampled = sampler.sample(spec);
            if (sampled.site() != null) {
                assertThat(sampled.type()).isEqualTo(spec.type());
                assertThat(sampled.label()).isEqualTo("r");
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
        // mean 1,000, standard deviation 30: ten of those on either side
        assertThat(samples(10, 10_000)).isBetween(700L, 1_300L);
    }
}
