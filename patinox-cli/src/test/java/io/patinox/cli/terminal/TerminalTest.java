package io.patinox.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    @Test
    void terminal_ordinary_updatesInPlaceWithColours() {
        assertThat(Terminal.of(true, Map.of("TERM", "xterm-256color"), "UTF-8", 120))
                .isEqualTo(new Terminal(true, true, true, 120));
    }

    @Test
    void terminal_noColor_keepsTheLiveLineOnly() {
        assertThat(Terminal.of(true, Map.of("TERM", "xterm", "NO_COLOR", "1"), "UTF-8", 80))
                .isEqualTo(new Terminal(true, false, true, 80));
    }

    @Test
    void terminal_noColorEmpty_countsAsUnset() {
        assertThat(
                        Terminal.of(true, Map.of("TERM", "xterm", "NO_COLOR", ""), "UTF-8", 80)
                                .colours())
                .isTrue();
    }

    @Test
    void terminal_dumbOrUnnamed_getsPlainLines() {
        assertThat(Terminal.of(true, Map.of("TERM", "dumb"), "US-ASCII", 80))
                .isEqualTo(Terminal.PLAIN);
        assertThat(Terminal.of(true, Map.of(), "US-ASCII", 80)).isEqualTo(Terminal.PLAIN);
    }

    @Test
    void pipe_always_getsPlainLines() {
        assertThat(Terminal.of(false, Map.of("TERM", "xterm"), "ANSI_X3.4-1968", 80))
                .isEqualTo(Terminal.PLAIN);
    }

    @Test
    void encoding_unknownOrEmpty_isTakenForAscii() {
        assertThat(Terminal.of(false, Map.of(), "no-such-charset", 80).unicode()).isFalse();
        assertThat(Terminal.of(false, Map.of(), "", 80).unicode()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"120,120", "10,40", "9999,400", "null,80", "wide,80", "'',80", "99999,80"})
    void columns_variable_isTakenWithinBounds(String variable, int columns) {
        assertThat(Terminal.columns(variable, false)).isEqualTo(columns);
    }

    @Test
    void detect_underATestRunner_findsNoTerminalThatLivesInAPipe() {
        assertThat(Terminal.detect().columns()).isBetween(40, 400);
    }
}
