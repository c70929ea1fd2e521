package io.patinox.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.pool.PoolAdvice;
import io.patinox.memory.pool.PoolAdvice.Verdict;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PoolFiguresTest {

    private static PoolAdvice advice(Verdict verdict) {
        Duration none = Duration.ZERO;
        PoolAdvice.Load load =
                new PoolAdvice.Load(
                        Duration.ofMinutes(1), 16, 16, 9, 0, 0.5, 9, 3, none, none, none, none, 0);
        return new PoolAdvice(verdict, 1_024, load, "a sentence too long for a line");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TOO_LITTLE_TRAFFIC|16, too little traffic to judge it",
                "RIGHT_SIZE|16, fits the load",
                "TOO_SMALL|16, too small, 1,024 would do",
                "TOO_LARGE|16, larger than needed, 1,024 would do",
                "LIMITED_BY_BACK_END|16, limited by the database, more would not help",
            })
    void inWords_anyVerdict_saysItShortly(Verdict verdict, String words) {
        assertThat(PoolFigures.inWords(advice(verdict))).isEqualTo(words);
    }

    @ParameterizedTest
    @EnumSource
    void of_counters_takesWhatOccurred(Verdict verdict) {
        PoolFigures figures =
                PoolFigures.of(
                        Map.of("pool.created", 9L, "pool.retired.idle", 2L, "pool.retired.x", 0L),
                        advice(verdict));
        assertThat(figures.created()).isEqualTo(9);
        assertThat(figures.retired()).containsExactly(Map.entry("idle", 2L));
        assertThat(figures.size().length()).isLessThanOrEqualTo(80 - 13);
    }
}
