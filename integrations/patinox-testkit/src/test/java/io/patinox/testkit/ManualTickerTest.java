package io.patinox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTickerTest {

    @Test
    void advance_bySteps_addsThemUp() {
        ManualTicker ticker = new ManualTicker();

        assertThat(ticker.nanos()).isZero();
        assertThat(ticker.advance(Duration.ofSeconds(2))).isEqualTo(2_000_000_000L);
        assertThat(ticker.advance(Duration.ZERO)).isEqualTo(2_000_000_000L);
        assertThat(ticker.nanos()).isEqualTo(2_000_000_000L);
        assertThat(ticker).hasToString("ManualTicker[2000000000 ns]");
    }

    @Test
    void advance_pastTheEnd_wrapsAround() {
        ManualTicker ticker = new ManualTicker(Long.MAX_VALUE);

        long before = ticker.nanos();

        assertThat(ticker.advance(Duration.ofNanos(5)) - before).isEqualTo(5);
        assertThat(ticker.nanos()).isNegative();
    }

    @Test
    void advance_backOrTooFar_isRefused() {
        ManualTicker ticker = new ManualTicker();

        assertThatThrownBy(() -> ticker.advance(Duration.ofNanos(-1)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("by");
        assertThatThrownBy(() -> ticker.advance(Duration.ofDays(36_501)))
                .isInstanceOf(InvalidOptionException.class);
        assertThat(ticker.nanos()).isZero();
    }

    @Test
    void advance_byManyThreads_losesNothing() throws InterruptedException {
        ManualTicker ticker = new ManualTicker();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        for (int n = 0; n < 10_000; n++) {
                            ticker.advance(Duration.ofNanos(1));
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(ticker.nanos()).isEqualTo(40_000);
    }
}
