package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.CacheSnapshotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("prices.snapshot");
    }

    private static SnapshotRecord record(int number, int valueLength) {
        byte[] value = new byte[valueLength];
        new Random(number).nextBytes(value);
        byte[] key = ("key " + number).getBytes(StandardCharsets.UTF_8);
        return new SnapshotRecord(key, value, number, number % 3 - 1, number);
    }

    private List<SnapshotRecord> write(int records, int valueLength) throws IOException {
        List<SnapshotRecord> written = new ArrayList<>();
        try (SnapshotWriter writer = new SnapshotWriter(file, "string", "bytes", 12_345)) {
            for (int i = 0; i < records; i++) {
                SnapshotRecord record = record(i, valueLength);
                writer.add(record);
                written.add(record);
            }
            assertThat(writer.finish()).isEqualTo(records);
        }
        return written;
    }

    private SnapshotReader reader(boolean skipping) throws IOException {
        return new SnapshotReader("prices", file, "string", "bytes", skipping);
    }

    private List<SnapshotRecord> read(boolean skipping) throws IOException {
        List<SnapshotRecord> all = new ArrayList<>();
        try (SnapshotReader reader = reader(skipping)) {
            assertThat(reader.atMillis()).isEqualTo(12_345);
            List<SnapshotRecord> block = reader.next();
            while (block != null) {
                all.addAll(block);
                block = reader.next();
            }
            if (!skipping) {
                assertThat(reader.badBlocks()).isZero();
            }
        }
        return all;
    }

    // by hand, as arrays are compared byte by byte otherwise
    private static void assertSame(List<SnapshotRecord> found, List<SnapshotRecord> written) {
        assertThat(found).hasSameSizeAs(written);
        for (int i = 0; i < found.size(); i++) {
            SnapshotRecord a = found.get(i);
            SnapshotRecord b = written.get(i);
            assertThat(
                            Arrays.equals(a.key(), b.key())
                                    && Arrays.equals(a.value(), b.value())
                                    && a.hits() == b.hits()
                                    && a.remainingNanos() == b.remainingNanos()
                                    && a.ageNanos() == b.ageNanos())
                    .as("record %d", i)
                    .isTrue();
        }
    }

    private void assertReadAsWritten(int records, int valueLength) throws IOException {
        List<SnapshotRecord> written = write(records, valueLength);
        assertSame(read(false), written);
    }

    @Test
    void file_ofAnySize_isReadAsItWasWritten() throws IOException {
        assertReadAsWritten(0, 0);
        assertReadAsWritten(1, 0);
        assertReadAsWritten(5_000, 50);
        assertReadAsWritten(3, 63 * 1_024);
        assertReadAsWritten(3, 64 * 1_024 - 60);
        assertReadAsWritten(3, 300_000);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void records_ofMixedSizes_areReadAsTheyWereWritten() throws IOException {
        List<SnapshotRecord> written = new ArrayList<>();
        try (SnapshotWriter writer = new SnapshotWriter(file, "string", "bytes", 12_345)) {
            for (int size : new int[] {10, 70_000, 10, 64_512, 64_513, 3, 200_000, 200_000, 0}) {
                SnapshotRecord record = record(size, size);
                writer.add(record);
                written.add(record);
            }
            writer.finish();
        }

        assertSame(read(false), written);
    }

    @Test
    void writer_closedBeforeItsEnd_leavesTheOldFileAndNothingElse() throws IOException {
        List<SnapshotRecord> old = write(10, 10);
        try (SnapshotWriter writer = new SnapshotWriter(file, "string", "bytes", 9)) {
            writer.add(record(99, 100));
        }

        assertSame(read(false), old);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void reader_noFile_saysSoAsTheSystemDoes() {
        assertThatThrownBy(() -> reader(false)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> new SnapshotWriter(Path.of("/"), "a", "b", 0))
                .isInstanceOf(IOException.class);
    }

    /// Whatever byte is missing or wrong: it is noticed, and never is anything read that was not
    /// written.
    @Test
    void reader_cutOffAnywhere_refusesTheFile() throws IOException {
        write(12, 20);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(false))
                    .as("cut off at %d of %d", length, whole.length)
                    .isInstanceOf(CacheSnapshotException.class);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> read(false)).hasMessageContaining("1 bytes follow its end");
    }

    @Test
    void reader_anyByteChanged_refusesTheFile() throws IOException {
        write(12, 20);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << (at % 8));
            Files.write(file, changed);
            assertThatThrownBy(() -> read(false))
                    .as("byte %d of %d", at, whole.length)
                    .isInstanceOf(CacheSnapshotException.class);
        }
        byte[] otherTime = whole.clone();
        otherTime[15]++;
        Files.write(file, otherTime);
        assertThatThrownBy(() -> reader(false).close())
                .isInstanceOf(CacheSnapshotException.class)
                .hasMessageContaining("its header is damaged");
    }

    @Test
    void reader_foreignFiles_areRefusedWithWhatWasExpected() throws IOException {
        Files.writeString(file, "This is some text, and it is longer than the header.");
        assertThatThrownBy(() -> reader(true).close())
                .isInstanceOf(CacheSnapshotException.class)
                .hasMessageContaining("prices.snapshot")
                .hasMessageContaining("does not begin like a snapshot");

        write(1, 1);
        byte[] newer = Files.readAllBytes(file);
        newer[11] = 9;
        Files.write(file, newer);
        assertThatThrownBy(() -> reader(true).close())
                .hasMessageContaining("byte 8: it has version 9, and this program reads version 1");

        write(1, 1);
        assertThatThrownBy(() -> new SnapshotReader("prices", file, "string", "int", true).close())
                .hasMessageContaining("it holds 'string -> bytes', and the codecs are for");
    }

    @Test
    void reader_skipping_leavesOutWhatIsDamagedOnly() throws IOException {
        List<SnapshotRecord> written = write(9, 60_000);
        byte[] whole = Files.readAllBytes(file);
        whole[4 * 60_000] ^= 1;
        Files.write(file, whole);

        assertThatThrownBy(() -> read(false)).isInstanceOf(CacheSnapshotException.class);
        List<SnapshotRecord> found = read(true);

        assertThat(found).hasSize(8);
        assertThat(found.getLast().hits()).isEqualTo(written.getLast().hits());
    }

    @Test
    void reader_skippingACutOffFile_keepsWhatIsWhole() throws IOException {
        write(9, 60_000);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        try (SnapshotReader reader = reader(true)) {
            int records = 0;
            for (var block = reader.next(); block != null; block = reader.next()) {
                records += block.size();
                assertThat(reader.progress()).isBetween(0.0, 1.0);
            }
            assertThat(records).isEqualTo(4);
            assertThat(reader.badBlocks()).isOne();
        }
    }

    @Test
    void reader_skippingAtRandomDamage_endsAndInventsNothing() throws IOException {
        long seed = 7;
        Random random = new Random(seed);
        List<SnapshotRecord> written = write(150, 900);
        byte[] whole = Files.readAllBytes(file);
        for (int round = 0; round < 100; round++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                damaged[64 + random.nextInt(damaged.length - 64)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            for (SnapshotRecord record : read(true)) {
                assertThat(Arrays.equals(record.value(), written.get(record.hits()).value()))
                        .as("seed %d", seed)
                        .isTrue();
            }
        }
    }
}
