package io.patinox.benchmarks.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchOptionsTest {

    private static BenchOptions parse(String... args) {
        return BenchOptions.parse(args, "cache, pool");
    }

    private static void assertRefused(String sentence, String... args) {
        assertThatThrownBy(() -> parse(args))
                .isInstanceOf(UsageException.class)
                .hasMessage(sentence);
    }

    @Test
    void parse_groupAlone_isAFullRun() {
        assertThat(parse("pool")).isEqualTo(new BenchOptions("pool", false, false, null));
    }

    @Test
    void parse_everything_inAnyOrder(@TempDir Path directory) {
        Path file = directory.resolve("r.json");
        assertThat(parse("--strict", "--json", file.toString(), "pool", "--quick"))
                .isEqualTo(new BenchOptions("pool", true, true, file));
    }

    @Test
    void parse_noGroup_namesTheGroups() {
        assertRefused("bench needs a GROUP; the groups are: cache, pool.", "--quick");
    }

    @Test
    void parse_twoGroups_isRefused() {
        assertRefused(
                "bench runs one group at a time, and was given 'pool' and 'cache'.",
                "pool",
                "cache");
    }

    @Test
    void parse_unknownOption_isNamed() {
        assertRefused(
                "There is no option '--fast'; bench takes " + BenchOptions.USAGE + ".",
                "pool",
                "--fast");
    }

    @Test
    void parse_jsonWithoutFile_isRefused() {
        assertRefused("--json needs a FILE to write the report to.", "pool", "--json");
    }

    @Test
    void parse_jsonIntoNowhere_isRefusedBeforeAnythingIsMeasured(@TempDir Path directory) {
        Path file = directory.resolve("missing").resolve("r.json");
        assertRefused(
                "--json %s: its directory does not exist or cannot be written; create it first."
                        .formatted(file),
                "pool",
                "--json",
                file.toString());
    }

    @Test
    void parse_jsonOntoADirectory_isRefused(@TempDir Path directory) {
        assertRefused(
                "--json %s: is a directory; name a file.".formatted(directory),
                "pool",
                "--json",
                directory.toString());
    }
}
