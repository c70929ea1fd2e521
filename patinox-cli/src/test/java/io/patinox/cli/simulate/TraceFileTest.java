package io.patinox.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TraceFileTest {

    @TempDir Path folder;

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static Trace read(Path file) {
        return read(TraceFormat.AUTO, file);
    }

    private static Trace read(TraceFormat format, Path file) {
        return new TraceFile(format, 1, Long.MAX_VALUE).read(file);
    }

    private static byte[] ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
        Arrays.stream(values).forEach(buffer::putInt);
        return buffer.array();
    }

    private static byte[] longs(long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length);
        Arrays.stream(values).forEach(buffer::putLong);
        return buffer.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] xz(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new XZOutputStream(packed, new LZMA2Options(1))) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void read_text_isAKeyALine() throws IOException {
        Trace trace = read(file("a.trace", "anna\n*\r\n\n7\n007\n anna \n7\nöl\n"));

        assertThat(trace.keys()).containsExactly(0, 1, 2, 0, 1, 3);
        assertThat(trace.distinct()).isEqualTo(4);
        assertThat(trace.name()).isEqualTo("a.trace");
    }

    @Test
    void read_byteOrderMark_isNoPartOfAKey() throws IOException {
        assertThat(read(file("bom", "\uFEFF1\n2\n1\n")).keys()).containsExactly(0, 1, 0);
    }

    @Test
    void read_lirs_takesNumbersOnly() throws IOException {
        assertThat(read(TraceFormat.LIRS, file("a.trc", "5\n*\n6\n5\n")).keys())
                .containsExactly(0, 1, 0);
        Path letters = file("b.trc", "5\n6\nseven\n");
        assertThatThrownBy(() -> read(TraceFormat.LIRS, letters))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        letters
                                + " has 'seven' in line 3 where a number must be; mend it, or use"
                                + " --format text");
    }

    @Test
    void read_binary_isFoundByItself() throws IOException {
        assertThat(read(file("a", ints(70_000, 5, 70_000, -1))).keys()).containsExactly(0, 1, 0, 2);
        assertThat(read(file("b", longs(70_000, 5, 70_000, 1L << 31))).keys())
                .containsExactly(0, 1, 0, 2);
        assertThat(read(TraceFormat.INT64, file("c", longs(-1L, 1L << 40, -1L))).keys())
                .containsExactly(0, 1, 0);
    }

    @Test
    void read_binaryThatEndsWithinANumber_isRefused() throws IOException {
        Path odd = file("odd", Arrays.copyOf(ints(70_000, 5), 7));
        assertThatThrownBy(() -> read(odd))
                .hasMessageContaining("odd ends within a number: its 7 bytes are no multiple of 4")
                .hasMessageContaining("--format");
    }

    @Test
    void read_arc_expandsEachLine() throws IOException {
        Trace trace = read(file("p1.lis", "100 3 0 0\n102 2 0 1\n7 0 0 2\n"));
        assertThat(trace.keys()).containsExactly(0, 1, 2, 2, 3);

        Path letters = file("bad.lis", "1 1 0 0\n1 x 0 0\n");
        assertThatThrownBy(() -> read(TraceFormat.ARC, letters))
                .hasMessageContaining("has 'x' in line 2");
        Path count = file("count.lis", "1 -1 0 0\n");
        assertThatThrownBy(() -> read(TraceFormat.ARC, count))
                .hasMessageContaining("has the count -1 in line 1, which must be 0 to 1,000,000");
        Path single = file("single.lis", "1\n");
        assertThatThrownBy(() -> read(TraceFormat.ARC, single))
                .hasMessageContaining("has one column in line 1");
    }

    @Test
    void read_csv_takesTheColumn() throws IOException {
        Path file = file("a.csv", "time,key\n1,\"x,1\"\n2,y\n3,\"x,1\"\n4,\"a\"\"b\"\n");

        Trace trace = new TraceFile(TraceFormat.AUTO, 2, Long.MAX_VALUE).read(file);

        assertThat(trace.keys()).as("with the heading, as no key is a number").hasSize(5);
        assertThat(read(file).keys()).as("without the heading").containsExactly(0, 1, 2, 3);
        assertThatThrownBy(() -> new TraceFile(TraceFormat.AUTO, 3, Long.MAX_VALUE).read(file))
                .hasMessageContaining("has 2 columns in line 1 and so no column 3")
                .hasMessageContaining("--column");
        assertThat(read(file("one.csv", "k,v\n")).keys()).containsExactly(0);
        assertThat(read(file("commas", "1,2\n3,4\n1,9\n")).keys()).containsExactly(0, 1, 0);
    }

    @Test
    void read_packed_isUnpacked() throws IOException {
        byte[] plain = ints(70_000, 5, 70_000);

        assertThat(read(file("a.trace.gz", gzip(plain))).keys()).containsExactly(0, 1, 0);
        assertThat(read(file("b.trace.xz", xz(plain))).keys()).containsExactly(0, 1, 0);
        assertThat(read(file("misnamed.txt", gzip(plain))).name()).isEqualTo("misnamed.txt");
        assertThat(read(file("c.csv.gz", gzip("1,2\n".getBytes(StandardCharsets.UTF_8)))).name())
                .isEqualTo("c.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "xz"})
    void read_cutOff_saysAfterHowMany(String packing) throws IOException {
        int[] values = new int[100_000];
        Arrays.setAll(values, i -> i * 7919);
        byte[] whole = packing.equals("gz") ? gzip(ints(values)) : xz(ints(values));
        Path file = file("cut." + packing, Arrays.copyOf(whole, whole.length - 500));

        assertThatThrownBy(() -> read(TraceFormat.INT32, file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is cut off or damaged after ")
                .hasMessageContaining("fetch it again");
        assertThat(new TraceFile(TraceFormat.INT32, 1, 1_000).read(file).keys()).hasSize(1_000);
    }

    @Test
    void read_cutOffEarly_stillKnowsHowManyAreThere() throws IOException {
        byte[] text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n".getBytes(StandardCharsets.UTF_8);
        byte[] whole = gzip(text);
        // the checksum at the end is missing
        Path file = file("early.gz", Arrays.copyOf(whole, whole.length - 8));

        assertThatThrownBy(() -> read(file))
                .hasMessageContaining("is cut off or damaged after 9 requests")
                .hasMessageContaining("--limit 9");
        assertThat(new TraceFile(TraceFormat.AUTO, 1, 9).read(file).keys()).hasSize(9);
    }

    @Test
    void read_noGzipAfterAll_isRefused() throws IOException {
        Path file = file("a.gz", new byte[] {0x1f, (byte) 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9});
        assertThatThrownBy(() -> read(file)).hasMessageContaining("is cut off or damaged");
    }

    @Test
    void read_nothing_isRefused() throws IOException {
        assertThatThrownBy(() -> read(folder.resolve("none")))
                .hasMessageEndingWith("none does not exist; check the path");
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("is a folder");
        Path empty = file("empty", "");
        assertThatThrownBy(() -> read(empty)).hasMessageContaining("empty has no requests");
        Path marks = file("marks", "*\n\n");
        assertThatThrownBy(() -> read(marks)).hasMessageContaining("has no requests");
    }

    @Test
    void read_bytesThatAreNoText_areRefusedAsText() throws IOException {
        Path file = file("latin", new byte[] {'a', '\n', (byte) 0xe4, '\n'});
        assertThatThrownBy(() -> read(TraceFormat.TEXT, file))
                .hasMessageContaining("is no text in UTF-8")
                .hasMessageContaining("--format");
    }

    @Test
    void read_limit_endsThere() throws IOException {
        Path arc = file("p1.lis", "100 3 0 0\n102 2 0 1\n");
        assertThat(new TraceFile(TraceFormat.AUTO, 1, 2).read(arc).keys()).containsExactly(0, 1);
    }

    @Test
    void builder_manyKeys_keepsThemApart() {
        TraceBuilder builder = new TraceBuilder(Long.MAX_VALUE);
        for (long key = 0; key < 50_000; key++) {
            builder.add(key << 32);
            builder.add("k" + key);
            builder.add(Long.toString(key << 32));
        }
        Trace trace = builder.build("many");

        assertThat(trace.distinct()).isEqualTo(100_000);
        assertThat(trace.keys()).hasSize(150_000);
        assertThat(trace.keys()[0]).isEqualTo(trace.keys()[2]).isNotEqualTo(trace.keys()[1]);
    }
}
