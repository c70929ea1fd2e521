package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTablesTest {

    private static final Report REPORT =
            new Report(
                    "pool",
                    Instant.EPOCH,
                    "25",
                    2,
                    List.of(
                            new Figure("alone", "patinox", "time", "ns/op", 12.345, 0.5),
                            new Figure("alone", "patinox", "allocation", "B/op", 0, 0.0),
                            new Figure("alone", "hikari", "time", "ns/op", 1234.5, null)),
                    List.of(new Bar.Result("fast", "at least 1 x", 100.02, Verdict.MET)));

    @Test
    void text_report_alignsFiguresToTheRightAndLeavesGapsEmpty() {
        assertThat(ReportTables.text(REPORT))
                .isEqualTo(
                        """
                        Figures: value ±error

                        alone
                          implementation  time (ns/op)  allocation (B/op)
                          patinox          12.3 ±0.500               0 ±0
                          hikari              1,235 ±?

                        Bars

                          name           bar  figure  verdict
                          fast  at least 1 x     100      met

                        Bars: 1 met, 0 missed, 0 undecided.
                        """);
    }

    @Test
    void markdown_report_isATableARegime() {
        assertThat(ReportTables.markdown(REPORT))
                .startsWith(
                        """
                        ### alone

                        | implementation | time (ns/op) | allocation (B/op) |
                        |---|--:|--:|
                        | patinox | 12.3 ±0.500 | 0 ±0 |
                        | hikari | 1,235 ±? |  |
                        """)
                .endsWith("\nBars: 1 met, 0 missed, 0 undecided.\n");
    }

    @Test
    void cut_wideGrid_repeatsTheFirstColumn() {
        Grid grid = new Grid(List.of("n", "a", "b", "c"), List.of(List.of("x", "1", "2", "3")));
        assertThat(grid.cut(3))
                .containsExactly(
                        new Grid(List.of("n", "a", "b"), List.of(List.of("x", "1", "2"))),
                        new Grid(List.of("n", "c"), List.of(List.of("x", "3"))));
    }

    @Test
    void numbers_anySize_carryThreeDigits() {
        assertThat(
                        List.of(
                                Numbers.text(10_676_826.4),
                                Numbers.text(123.4),
                                Numbers.text(45.67),
                                Numbers.text(1.234),
                                Numbers.text(2.0),
                                Numbers.text(0.0),
                                Numbers.text(0.0123),
                                Numbers.text(-45.67)))
                .containsExactly("10,676,826", "123", "45.7", "1.23", "2", "0", "0.012", "-45.7");
        assertThat(Numbers.text(null)).isEqualTo("?");
        assertThat(Numbers.text(Double.NaN)).isEqualTo("?");
    }
}
