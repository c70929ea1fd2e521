package io.patinox.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 ns",
                "999|999 ns",
                "1000|1.00 us",
                "4213|4.21 us",
                "99949|99.9 us",
                "999499|999 us",
                "999500|1.00 ms",
                "1350000|1.35 ms",
                "412345678|412 ms",
                "999999999|1.00 s",
                "12345678901|12.3 s",
                "123456789012|123 s"
            })
    void nanos_anyMagnitude_threeDigitsAndAUnit(long nanos, String text) {
        assertThat(Figures.nanos(nanos)).isEqualTo(text);
        assertThat(Figures.duration(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "999|999", "1000|1,000", "1234567|1,234,567"})
    void count_large_thousandsApart(long count, String text) {
        assertThat(Figures.count(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0.0", "1250000000,1.3", "59960000000,60.0"})
    void seconds_any_oneDecimal(long nanos, String text) {
        assertThat(Figures.seconds(nanos)).isEqualTo(text);
    }
}
