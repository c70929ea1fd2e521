package io.patinox.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void lines_ofUnequalCells_lineUp() {
        var table =
                new Table("phase", "n", "p99")
                        .row("warm", "16", "1.00 ms")
                        .row("crowd", "1,000", "2 s");
        assertThat(table.lines())
                .containsExactly(
                        "phase      n      p99", //
                        "warm      16  1.00 ms",
                        "crowd  1,000      2 s");
    }

    @Test
    void row_wrongNumberOfCells_isRefused() {
        var table = new Table("a", "b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.row("1"))
                .withMessage("The row has 1 cells, the table has 2 columns");
    }

    @Test
    void bar_anyFraction_keepsItsWidth() {
        assertThat(Bar.of(Terminal.PLAIN, 0.5, 10)).isEqualTo("#####.....");
        assertThat(Bar.of(Terminal.PLAIN, -1, 4)).isEqualTo("....");
        assertThat(Bar.of(Terminal.PLAIN, 7, 4)).isEqualTo("####");
        assertThat(Bar.of(new Terminal(true, true, true, 80), 0.25, 4)).isEqualTo("█░░░");
    }
}
