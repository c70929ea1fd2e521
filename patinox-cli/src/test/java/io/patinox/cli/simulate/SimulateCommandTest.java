package io.patinox.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulateCommandTest {

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... args) {
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        java.util.Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    }

    private Path loop(String name, int keys, int length) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < length; i++) {
            lines.append(i % keys).append('\n');
        }
        return Files.writeString(folder.resolve(name), lines.toString());
    }

    private void assertSentence(String sentence) {
        assertThat(err.toString()).contains(sentence).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void simulate_loop_printsATable() throws IOException {
        Path loop = loop("loop.txt", 100, 10_000);

        assertThat(run(loop, "--sizes", "50,100", "--policies", "lru,lirs,optimal")).isZero();

        assertThat(out.toString().lines())
                .contains("loop.txt: 10,000 requests for 100 keys", "hits in %    50    100")
                .anyMatch(line -> line.startsWith("lru         0.0   99.0*"))
                .anyMatch(line -> line.matches("lirs       4[0-9]\\.[0-9]\\* +99\\.0\\*"))
                .anyMatch(line -> line.matches("optimal    49\\.[0-9] +99\\.0"))
                .contains("* the most hits, but for the optimum, which knows the future");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void simulate_twoTraces_printsMeansToo() throws IOException {
        assertThat(
                        run(
                                loop("a", 10, 1_000),
                                loop("b", 20, 1_000),
                                "--sizes",
                                "10,100%,50%",
                                "--policies",
                                "lru,fifo,optimal"))
                .isZero();

        assertThat(out.toString())
                .contains("a: 1,000 requests for 10 keys", "b: 1,000 requests for 20 keys")
                .containsPattern("over all +mean +best at +of")
                .containsPattern("optimal +[0-9.]+ +- +4");
    }

    @Test
    void simulate_optimumAlone_hasNoStar() throws IOException {
        assertThat(run(loop("a", 10, 100), "--policies", "optimal", "--sizes", "5")).isZero();
        assertThat(out.toString()).doesNotContain("*");
    }

    @Test
    void simulate_files_haveTheSameFigures() throws IOException {
        Path json = folder.resolve("r.json");
        Path csv = folder.resolve("r.csv");
        Path html = folder.resolve("r.html");
        Path loop = loop("a,b.txt", 100, 1_000);

        assertThat(
                        run(
                                loop,
                                "--sizes",
                                "10,40",
                                "--policies",
                                "lru,optimal",
                                "--json",
                                json,
                                "--csv",
                                csv,
                                "--html",
                                html))
                .isZero();

        JsonNode trace = new JsonMapper().readTree(Files.readString(json)).get("traces").get(0);
        assertThat(trace.get("requests").asInt()).isEqualTo(1_000);
        assertThat(trace.get("cells")).hasSize(4);
        int hits = trace.get("cells").get(3).get("hits").asInt();
        assertThat(hits).isBetween(340, 370);
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines)
                .hasSize(5)
                .startsWith("trace,requests,keys,policy,size,hits,hit_percent")
                .contains("\"a,b.txt\",1000,100,lru,10,0,0.000")
                .anyMatch(line -> line.contains(",optimal,40," + hits + ","));
        assertThat(Files.readString(html))
                .startsWith("<!DOCTYPE html>")
                .contains("prefers-color-scheme: dark", "<h2>a,b.txt</h2>", "<td>optimal</td>")
                .doesNotContain("<script", "http://", "https://");
    }

    @Test
    void plot_anyFigures_areWellFormedAndWithinItsFrame() throws Exception {
        List<Outcome.Row> rows =
                List.of(
                        new Outcome.Row("lru", List.of(0L, 20L, 70L)),
                        new Outcome.Row("a<b", List.of(10L, 30L, 75L)),
                        new Outcome.Row("optimal", List.of(20L, 60L, 93L)));
        Outcome outcome = new Outcome("t & u", 100, 5_000, List.of(3, 170, 1_000_000), rows);

        Element svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(Plot.svg(outcome))))
                        .getDocumentElement();

        var circles = svg.getElementsByTagName("circle");
        assertThat(circles.getLength()).isEqualTo(9);
        for (int i = 0; i < circles.getLength(); i++) {
            Element circle = (Element) circles.item(i);
            assertThat(Double.parseDouble(circle.getAttribute("cx"))).isBetween(64.0, 700.0);
            assertThat(Double.parseDouble(circle.getAttribute("cy"))).isBetween(24.0, 416.0);
        }
        assertThat(svg.getTextContent())
                .contains("hits in % of requests", "size in entries", "1,000", "a<b", "optimal");
        assertThat(Plot.svg(new Outcome("one", 10, 5, List.of(7), List.of()))).contains("</svg>");
    }

    @Test
    void simulate_badArguments_areOneSentenceEach() throws IOException {
        Path loop = loop("a", 10, 100);
        String[][] wrong = {
            {"--policies", "seive", "'seive' is no policy (did you mean sieve?)"},
            {"--sizes", "0", "--sizes has 0, which must be 1 to 1,000,000,000 entries"},
            {"--sizes", "9999999999", "--sizes has 9999999999, which must be"},
            {"--sizes", "0%", "--sizes has 0%, which must be more than 0% and at most 100%"},
            {"--sizes", "101%", "--sizes has 101%, which must be"},
            {"--sizes", "1.5", "--sizes has '1.5', which is neither"},
            {"--sizes", "10,,20", "--sizes has '', which is neither"},
            {"--sizes", "-5", "--sizes has '-5', which is neither"},
            {"--format", "zip", "'zip' is no format; choose among auto, text"},
            {"--column", "0", "--column is 0, but columns count from 1"},
            {"--limit", "0", "--limit is 0, but must be at least 1"},
        };
        for (String[] one : wrong) {
            err.getBuffer().setLength(0);
            assertThat(run(loop, one[0] + "=" + one[1])).as(one[2]).isEqualTo(2);
            assertSentence(one[2]);
        }
    }

    @Test
    void simulate_missingFile_isOneSentenceBeforeAnyReplay() throws IOException {
        assertThat(run(loop("a", 10, 100), folder.resolve("none.gz"))).isEqualTo(2);
        assertSentence("none.gz does not exist; check the path");
    }

    @Test
    void simulate_fileThatCantBeWritten_isExitCode3() throws IOException {
        Path loop = loop("a", 10, 100);

        assertThat(run(loop, "--policies", "lru", "--json", folder.resolve("no/such/r.json")))
                .isEqualTo(3);

        assertSentence("could not write: " + folder.resolve("no/such/r.json"));
    }

    @Test
    void sizes_shares_areOfTheKeys() {
        Trace trace = new Trace("t", new int[0], 1_000);

        assertThat(Size.entries(Size.list("0.5%, 100%,7,7, 0.0001%"), trace))
                .containsExactly(1, 5, 7, 1_000);
    }
}
