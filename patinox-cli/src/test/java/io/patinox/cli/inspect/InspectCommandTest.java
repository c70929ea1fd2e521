package io.patinox.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.cli.terminal.Terminal;
import io.patinox.memory.mmap.Capacity;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MutableMappedFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InspectCommandTest {
    private static final Terminal SCREEN = new Terminal(true, false, true, 80);
    private static final Terminal PIPE = new Terminal(false, false, true, 80);

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Terminal terminal = PIPE;

    /// Two sides.
    public enum Side {
        BUY,
        SELL
    }

    /// A record of numbers.
    public record Trade(long id, Side side, double price) {}

    /// A record with everything that is hard to write.
    public record Odd(@Capacity(30) String name, char sign, float share, @Capacity(2) int[] pair) {}

    private int run(Object... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new InspectCommand(() -> terminal))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    }

    private Path trades(int count, int blockBytes) {
        Path path = folder.resolve("trades.map");
        var builder = MappedFile.builder(path, Trade.class);
        if (blockBytes > 0) {
            builder.checksums(blockBytes);
        }
        try (MutableMappedFile<Trade> file = builder.create(0)) {
            file.appendAll(
                    LongStream.range(0, count)
                            .mapToObj(i -> new Trade(i, Side.values()[(int) i % 2], i / 4.0))
                            .toList());
        }
        return path;
    }

    private Path odd(Odd... values) {
        Path path = folder.resolve("odd.map");
        try (MutableMappedFile<Odd> file = MappedFile.builder(path, Odd.class).create(0)) {
            file.appendAll(List.of(values));
        }
        return path;
    }

    private static void damage(Path path, long at, int... bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
            for (int b : bytes) {
                buffer.put((byte) b);
            }
            channel.write(buffer.flip(), at);
        }
    }

    private void assertSentence(int exitCode, int expected, String sentence) {
        assertThat(err.toString()).contains(sentence).hasLineCount(1);
        assertThat(err.toString()).startsWith("patinox inspect: ").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
        assertThat(exitCode).isEqualTo(expected);
    }

    @Test
    void inspect_aFile_showsHeaderLayoutAndTheFirstRecords() {
        Path path = trades(1_000, 0);

        assertThat(run(path)).isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines())
                .contains(
                        path.toString(),
                        "  format     version 1, LITTLE_ENDIAN",
                        "  state      clean",
                        "  checksums  none",
                        "column  offset  bytes  kind    detail",
                        "id           0      8   i64",
                        "side         8      1  enum  BUY|SELL",
                        "price       16      8   f64",
                        "record  id  side  price",
                        "0        0   BUY    0.0",
                        "9        9  SELL   2.25")
                .anyMatch(
                        line -> line.matches("  records    1,000, room for [0-9,]+, 24 bytes each"))
                .anyMatch(line ->
                        line.matches("  file       [0-9,]+ bytes, the first record at 4,096"))
                .anyMatch(line -> line.matches("  layout     [0-9a-f]{16}"))
                .noneMatch(line -> line.startsWith("10 "));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "5, 0, 0, 5", "10, 995, 995, 5", "1000, 0, 0, 1000", "3, 1000, 0, 0"})
    void inspect_aRange_showsThoseRecords(int rows, long from, long first, int shown) {
        assertThat(run(trades(1_000, 0), "--rows", rows, "--from", from)).isZero();

        List<String> records = out.toString().lines().filter(l -> l.matches("\\d.*")).toList();
        assertThat(records).hasSize(shown);
        if (shown > 0) {
            assertThat(records.getFirst()).startsWith(first + " ");
            assertThat(records.getLast()).startsWith((first + shown - 1) + " ");
        } else {
            assertThat(out.toString()).doesNotContain("record  ");
        }
    }

    @Test
    void inspect_emptyAndDirtyFile_saysSo() throws IOException {
        Path path = folder.resolve("open.map");
        try (MutableMappedFile<Trade> file = MappedFile.builder(path, Trade.class).create(0)) {
            file.append(new Trade(7, Side.SELL, -1));
            assertThat(run(path)).isZero();
        }
        assertThat(out.toString())
                .contains("dirty: its last writer did not close it, or is still at work")
                .contains("0        7  SELL   -1.0");
    }

    @Test
    void inspect_controlCharacters_areEscapedOnTheScreen() {
        Path path =
                odd(
                        new Odd("\u001b[31mred\u0007\n", '\u009b', Float.NaN, new int[] {1, -2}),
                        new Odd("\u202eevil\\", '\ud800', 1.5f, new int[2]),
                        new Odd("123456789012345678901234567890", 'ß', 0, new int[2]));
        terminal = SCREEN;

        assertThat(run(path)).isZero();
        assertThat(out.toString())
                .contains("\\u001b[31mred\\u0007\\n", "\\u009b", "NaN", "[1, -2]")
                .contains("\\u202eevil\\\\", "\\ud800", "ß")
                .matches("[^\\p{Cntrl}\u202e]*(\n[^\\p{Cntrl}\u202e]*)*");

        assertThat(run(path, "--format", "csv")).isZero();
        assertThat(out.toString()).contains("\\u001b[31mred\\u0007\\n,\\u009b").hasLineCount(4);
        terminal = Terminal.PLAIN;
        assertThat(run(path)).isZero();
        assertThat(out.toString()).contains("\\u00df").isASCII();
        assertThat(run(path, "--format", "json")).isZero();
        assertThat(out.toString()).contains("\"\\u00df\"").isASCII();
    }

    @Test
    void inspect_valuesThatAreNone_areShownAsSuch() throws IOException {
        Path path = trades(3, 0);
        damage(path, 4096 + 8, 9);

        assertThat(run(path)).isZero();
        assertThat(out.toString()).contains("!constant 9 of 2");
    }

    @Test
    void inspect_longValues_areCutInATableBetweenCharacters() {
        Path path =
                odd(
                        new Odd("\u0001".repeat(30), 'a', 1, new int[] {0, 0}),
                        new Odd("b".repeat(30), 'a', 1, new int[] {1_999_999_999, -2_000_000_000}));
        assertThat(run(path)).isZero();
        assertThat(out.toString())
                .contains(" " + "\\u0001".repeat(6) + "... ", "[1999999999, -2000000000]");

        Path wide = wide("x".repeat(36) + "😀😀😀");
        assertThat(run(wide)).isZero();
        assertThat(out.toString()).contains(" " + "x".repeat(36) + "...\n");
    }

    /// A record with a long text.
    public record Wide(@Capacity(100) String text) {}

    private Path wide(String text) {
        Path path = folder.resolve("wide.map");
        try (MutableMappedFile<Wide> file = MappedFile.builder(path, Wide.class).create(0)) {
            file.append(new Wide(text));
        }
        return path;
    }

    @Test
    void csv_toTheOutput_isQuotedAndNothingElse() throws IOException {
        Path path =
                odd(
                        new Odd("a,\"b\"\nc", ';', Float.NEGATIVE_INFINITY, new int[] {1, 2}),
                        new Odd("", '"', 0.5f, new int[2]));

        assertThat(run(path, "--format", "csv")).isZero();
        assertThat(out)
                .hasToString(
                        """
                        name,sign,share,pair
                        "a,""b""
                        c",;,-Infinity,"[1, 2]"
                        ,\"""\",0.5,"[0, 0]"
                        """);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void json_toTheOutput_isValidAndALineARecord() {
        Path path =
                odd(
                        new Odd("a\"\\\u001b😀", '\ud800', Float.NaN, new int[] {1, 2}),
                        new Odd("", 'x', 0.5f, new int[2]));

        assertThat(run(path, "--format", "JSON")).isZero();

        JsonNode rows = JsonMapper.shared().readTree(out.toString());
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.get(0).get("name").asString()).isEqualTo("a\"\\\u001b😀");
        assertThat(rows.get(0).get("sign").asString()).isEqualTo("\ud800");
        assertThat(rows.get(0).get("share").asString()).isEqualTo("NaN");
        assertThat(rows.get(0).get("pair").get(1).isInt()).isTrue();
        assertThat(rows.get(1).get("share").isNumber()).isTrue();
        assertThat(out.toString().lines()).hasSize(4);
        assertThat(run(path, "--format", "json", "--rows", 0)).isZero();
        assertThat(JsonMapper.shared().readTree(out.toString()).isEmpty()).isTrue();
    }

    @Test
    void export_toAFile_takesAllRecordsOrARange() throws IOException {
        Path path = trades(3_000, 0);
        Path csv = folder.resolve("all.csv");
        Path json = folder.resolve("some.JSON");

        assertThat(run(path, "--export", csv)).isZero();
        assertThat(Files.readAllLines(csv)).hasSize(3_001).contains("2999,SELL,749.75");
        assertThat(out.toString()).contains("exported 3,000 records to " + csv);
        assertThat(run(path, "--export", json, "--from", 2_000, "--rows", 2)).isZero();
        assertThat(Files.readString(json))
                .isEqualTo(
                        """
                        [
                        {"id":2000,"side":"BUY","price":500.0},
                        {"id":2001,"side":"SELL","price":500.25}
                        ]
                        """);
    }

    @Test
    void export_ontoAFile_needsForceAndNeverTheFileItself() throws IOException {
        Path path = trades(2, 0);
        Path there = Files.writeString(folder.resolve("there.csv"), "precious");

        assertThat(run(path, "--export", there)).isEqualTo(2);
        assertThat(err.toString()).contains("is there already; --force overwrites it");
        assertThat(there).hasContent("precious");
        assertThat(run(path, "--export", there, "--force")).isZero();
        assertThat(there).hasContent("id,side,price\n0,BUY,0.0\n1,SELL,0.25\n");
        byte[] before = Files.readAllBytes(path);
        assertThat(run(path, "--export", path, "--force", "--format", "csv")).isEqualTo(2);
        assertThat(err.toString()).contains("is the file itself");
        assertThat(path).hasBinaryContent(before);
    }

    @Test
    void export_whereNothingCanBeWritten_isOneSentence() {
        Path path = trades(2, 0);

        assertThat(run(path, "--export", folder.resolve("no/where.csv"))).isEqualTo(3);
        assertThat(err.toString()).contains("could not write").hasLineCount(1);
        assertThat(run(path, "--export", folder, "--force", "--format", "csv")).isEqualTo(3);
    }

    @Test
    void verify_goodAndBadBlocks_areTold() throws IOException {
        Path path = trades(1_000, 4_096);

        assertThat(run(path, "--verify", "--rows", 0)).isZero();
        assertThat(out.toString())
                .contains("  checksums  for blocks of 4,096 bytes")
                .containsPattern("verified: all of [0-9]+ blocks are good");

        damage(path, 4096 + 5_000, 99);
        assertThat(run(path, "--verify")).isOne();
        assertThat(out.toString())
                .containsPattern("verified: 1 of [0-9]+ blocks are bad")
                .containsPattern("  block 1, records 170 to 341: checksum [0-9a-f]{8}, but its");
        assertThat(run(path, "--verify", "--format", "csv")).isOne();
        assertThat(out.toString().lines()).hasSize(1_001);
        assertThat(err.toString()).contains("blocks are bad").doesNotContain("column");
    }

    @Test
    void verify_manyBadBlocks_listsTheFirst() throws IOException {
        Path path = trades(10_000, 4_096);
        for (int block = 0; block < 30; block++) {
            damage(path, 4096 + block * 4_096L, 99);
        }

        assertThat(run(path, "--verify")).isOne();
        assertThat(out.toString())
                .contains("block 19,", "  and 10 more")
                .doesNotContain("block 20");
    }

    @Test
    void verify_dirtyFileWithBadBlocks_saysWhatThatMeans() throws IOException {
        Path path = folder.resolve("busy.map");
        try (MutableMappedFile<Trade> file =
                MappedFile.builder(path, Trade.class).checksums(4_096).create(10)) {
            file.force();
            file.set(3, new Trade(1, Side.BUY, 2));
            assertThat(run(path, "--verify")).isOne();
        }
        assertThat(out.toString())
                .contains("the file is dirty: they are damaged, or were written after the last");
        assertThat(run(path, "--verify")).isZero();
    }

    @Test
    void verify_withoutChecksums_isRefused() {
        assertSentence(run(trades(3, 0), "--verify"), 2, "has no checksums to compare with");
    }

    @Test
    void inspect_missingFileOrFolder_isOneSentence() {
        assertSentence(run(folder.resolve("none.map")), 2, "there is no file");
        assertSentence(run(folder), 2, "is no file that can be inspected");
        assertSentence(run(folder.resolve("n\u001b[0m")), 2, "n\\u001b[0m");
    }

    @Test
    void inspect_foreignFile_isOneSentence() throws IOException {
        Path file = folder.resolve("f");
        assertSentence(run(Files.writeString(file, "")), 1, "but is empty");
        assertSentence(run(Files.writeString(file, "x")), 1, "but is 1 bytes long");
        assertSentence(run(Files.writeString(file, "a,b\n".repeat(5_000))), 1, "the magic must be");
    }

    @Test
    void inspect_truncatedOrDamagedFile_isOneSentence() throws IOException {
        Path path = trades(1_000, 0);
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, 10_000));
        assertSentence(run(path), 1, "but is 10000 bytes long");
        Files.write(path, Arrays.copyOf(whole, 4_096));
        assertSentence(run(path, "--format", "json"), 1, "but is 4096 bytes long");
        Files.write(path, whole);
        damage(path, 130, 'X');
        assertSentence(run(path), 1, "CRC-32C");
        damage(path, 8, 9);
        assertSentence(run(path), 1, "9, which is newer than this program");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rows -1|--rows is -1, but must be 0 or more",
                "--rows 1001|--rows is 1001, but a table has 1000 at most",
                "--from -1|--from is -1, but records count from 0",
                "--from 4|--from is 4, but the file has 3 records",
                "--format xml|'xml' is no format; choose among table, csv and json",
                "--export rows.txt|name it .csv or .json, or choose --format",
                "--export rows|name it .csv or .json, or choose --format",
                "--export a.csv --format table|name it .csv or .json, or choose --format",
                "--force|--force is for --export FILE only"
            })
    void inspect_optionsThatMakeNoSense_areOneSentence(String line) {
        String[] parts = line.split("\\|", 2);
        Path path = trades(3, 0);
        String[] options = parts[0].split(" ");
        Object[] args = new Object[options.length + 1];
        args[0] = path;
        System.arraycopy(options, 0, args, 1, options.length);

        assertSentence(run(args), 2, parts[1]);
    }

    @Test
    void help_ofTheCommand_listsOptionsAndExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--verify", "--export", "Exit codes:");
    }

    @Test
    void command_madeByPicocli_looksAtTheOutputItself() {
        Path path = trades(3, 0);
        int exitCode =
                new CommandLine(new InspectCommand())
                        .setOut(new PrintWriter(out, true))
                        .execute(path.toString());

        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("trades.map");
    }
}
