package io.patinox.memory.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.config.internal.Sighting.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Time is moved by hand, the files are real.
class SettlingTest {
    private static final long QUIET = Duration.ofMillis(400).toNanos();
    private static final long GONE = Duration.ofSeconds(2).toNanos();
    private static final long STEP = Duration.ofMillis(100).toNanos();

    @TempDir Path dir;
    private Path file;
    private Settling settling;
    private long now = 1_000;
    private long lookNanos;
    private long wall = System.currentTimeMillis() + 3_600_000;

    @BeforeEach
    void begin() throws IOException {
        file = dir.resolve("app.properties");
        write("a=1");
        settling = settling(file, false);
    }

    private Settling settling(Path path, boolean folder) {
        FileView view = new FileView(path, folder, 1_000);
        return new Settling(view, QUIET, GONE, () -> wall, () -> now + lookNanos);
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private void look() {
        settling.look(now, false);
    }

    private void step() {
        now += STEP;
        look();
    }

    private void pass(long nanos) {
        for (long end = now + nanos; now < end; ) {
            step();
        }
    }

    private String text() {
        Sighting settled = settling.settled();
        assertThat(settled).isNotNull();
        return settled.state() == State.PRESENT
                ? new String(settled.bytes(), StandardCharsets.UTF_8)
                : settled.state().toString();
    }

    @Test
    void firstLook_atOldFile_believesAtOnce() {
        look();

        assertThat(text()).isEqualTo("a=1");
        assertThat(settling.isPending()).isFalse();
        assertThat(settling.dueNanos(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void firstLook_atFileJustWritten_waitsForQuiet() {
        wall = System.currentTimeMillis();

        look();
        assertThat(settling.settled()).isNull();
        assertThat(settling.dueNanos(now)).isEqualTo(QUIET / 4);
        pass(QUIET);

        assertThat(text()).isEqualTo("a=1");
    }

    @Test
    void firstLook_atNothing_believesAtOnce() {
        settling = settling(dir.resolve("none"), false);

        look();

        assertThat(text()).isEqualTo("ABSENT");
    }

    @Test
    void write_ofOtherContent_isBelievedAfterQuiet() throws IOException {
        look();
        write("a=22");

        step();
        assertThat(text()).isEqualTo("a=1");
        assertThat(settling.isPending()).isTrue();
        pass(QUIET - STEP);
        assertThat(text()).isEqualTo("a=1");
        step();

        assertThat(text()).isEqualTo("a=22");
        assertThat(settling.isPending()).isFalse();
    }

    @Test
    void chunks_withPausesShorterThanQuiet_areNeverSeenTorn() throws IOException {
        look();
        write("");
        for (int chunk = 0; chunk < 20; chunk++) {
            append("key" + chunk + "=x\n");
            pass(3 * STEP);
            assertThat(text()).isEqualTo("a=1");
        }

        pass(QUIET);

        assertThat(text()).hasLineCount(20);
    }

    @Test
    void look_thatTakesLong_isNoQuiet() throws IOException {
        look();
        write("a=22");

        lookNanos = 3 * STEP;
        step();
        lookNanos = 0;
        pass(QUIET + 2 * STEP);
        assertThat(text()).isEqualTo("a=1");
        step();

        assertThat(text()).isEqualTo("a=22");
    }

    @Test
    void emptyFile_persisting_isBelievedMuchLater() throws IOException {
        look();
        write("");

        pass(GONE);
        assertThat(text()).isEqualTo("a=1");
        step();

        assertThat(text()).isEqualTo("EMPTY");
    }

    @Test
    void emptyFile_filledInTime_isNeverSeen() throws IOException {
        look();
        write("");
        pass(GONE - STEP);
        write("a=2");
        step();
        assertThat(text()).isEqualTo("a=1");

        pass(QUIET);

        assertThat(text()).isEqualTo("a=2");
    }

    @Test
    void deletedFile_recreatedInTime_isNeverMissing() throws IOException {
        look();
        Files.delete(file);
        pass(GONE - STEP);
        write("a=3");

        step();
        pass(QUIET);

        assertThat(text()).isEqualTo("a=3");
    }

    @Test
    void deletedFile_forGood_isBelieved() throws IOException {
        look();
        Files.delete(file);

        pass(GONE + STEP);

        assertThat(text()).isEqualTo("ABSENT");
    }

    @Test
    void rename_overTheFile_isBelievedAfterQuiet() throws IOException {
        look();
        Path other = Files.writeString(dir.resolve("app.tmp"), "a=4");
        Files.move(
                other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        step();
        pass(QUIET);

        assertThat(text()).isEqualTo("a=4");
    }

    @Test
    void touch_withoutNewContent_changesNothing() throws IOException {
        look();
        Sighting before = settling.settled();
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));

        step();

        assertThat(settling.isPending()).isFalse();
        assertThat(settling.settled()).isNotNull().isNotSameAs(before);
        assertThat(text()).isEqualTo("a=1");
    }

    @Test
    void contentThere_andBackAgain_isNoChange() throws IOException {
        look();
        write("a=2");
        step();
        write("a=1");

        step();

        assertThat(settling.isPending()).isFalse();
    }

    @Test
    void newContent_withTheOldTimeAndSize_isFoundByDoubt() throws IOException {
        look();
        FileTime time = Files.getLastModifiedTime(file);
        write("a=2");
        Files.setLastModifiedTime(file, time);

        settling.look(now, true);
        pass(QUIET);

        assertThat(text()).isEqualTo("a=2");
    }

    @Test
    void newContent_afterRecentContent_isFoundWithoutDoubt() throws IOException {
        wall = System.currentTimeMillis();
        look();
        pass(QUIET);
        // a file system whose clock did not tick: only the content differs
        FileTime time = Files.getLastModifiedTime(file);
        write("a=2");
        Files.setLastModifiedTime(file, time);

        step();

        assertThat(settling.isPending()).isTrue();
    }

    @Test
    void file_beyondTheLimit_isBroken() throws IOException {
        look();
        write("a".repeat(1_001));

        pass(GONE + STEP);

        assertThat(text()).isEqualTo("BROKEN");
        assertThat(settling.settled().problem()).contains("limit of 1000 bytes");
    }

    @Test
    void folder_inPlaceOfTheFile_isBroken() throws IOException {
        look();
        Files.delete(file);
        Files.createDirectory(file);

        pass(GONE + STEP);

        assertThat(settling.settled().problem()).isEqualTo("is a folder, not a file");
    }

    @Test
    void link_toItself_isBroken() throws IOException {
        look();
        Files.delete(file);
        Files.createSymbolicLink(file, file.getFileName());

        pass(GONE + STEP);

        assertThat(text()).isEqualTo("BROKEN");
    }

    @Test
    void permissionFlip_withoutNewContent_changesNothing() throws IOException {
        look();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        step();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        step();

        assertThat(settling.isPending()).isFalse();
    }

    @Test
    void folder_ofFiles_isReadByName() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("secret/..2026"));
        Path mount = folder.getParent();
        Files.writeString(folder.resolve("user"), "me");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(mount.resolve("user"), Path.of("..data/user"));
        Files.createDirectory(mount.resolve("inner"));
        settling = settling(mount, true);

        look();
        assertThat(settling.settled().files()).containsOnlyKeys("user");
        Path next = Files.createDirectory(mount.resolve("..2027"));
        Files.writeString(next.resolve("user"), "you");
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2027"));
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        step();
        pass(QUIET);

        assertThat(new String(settling.settled().files().get("user"), StandardCharsets.UTF_8))
                .isEqualTo("you");
    }

    @Test
    void file_inPlaceOfAFolder_isBroken() {
        settling = settling(file, true);

        look();

        assertThat(settling.settled().problem()).isEqualTo("is a file, not a folder");
    }

    @Test
    void path_belowAFile_isAbsent() {
        settling = settling(file.resolve("inner"), false);

        look();

        assertThat(text()).isEqualTo("ABSENT");
    }

    @Test
    void device_inPlaceOfTheFile_isBroken() {
        settling = settling(Path.of("/dev/zero"), false);

        look();

        assertThat(settling.settled().problem()).contains("neither a file nor a folder");
    }
}
