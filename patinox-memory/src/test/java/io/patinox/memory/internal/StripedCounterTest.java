package io.patinox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StripedCounterTest {

    @Test
    void sum_newCounter_isZero() {
        assertThat(new StripedCounter().sum()).isZero();
    }

    @Test
    void sum_afterAdditions_isTheirTotal() {
        StripedCounter counter = new StripedCounter();

        counter.increment();
        counter.add(41);
        counter.add(-2);

        assertThat(counter.sum()).isEqualTo(40);
        assertThat(counter).hasToString("40");
    }

    @Test
    void sum_manyThreads_missesNothing() throws InterruptedException {
        StripedCounter counter = new StripedCounter();

        Concurrently.run(
                16,
                _ -> {
                    for (int i = 0; i < 50_000; i++) {
                        counter.increment();
                    }
                });

        assertThat(counter.sum()).isEqualTo(800_000);
    }

    @Test
    void add_warm_allocatesNothing() {
        StripedCounter counter = new StripedCounter();

        assertThat(Allocation.leastBytes(10_000, i -> counter.add(i))).isZero();
    }
}
