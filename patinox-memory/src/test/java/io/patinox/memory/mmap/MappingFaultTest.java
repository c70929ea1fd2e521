package io.patinox.memory.mmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MappingFaultException;
import io.patinox.memory.error.MappingStaleException;
import io.patinox.memory.monitor.Health;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that somebody else cuts off. The matrix of all accesses, in JVMs of their own, is in the
/// module of the fault tests. Windows lets nobody cut a mapped file, so they are tagged.
@Tag("cuts-mapped-files")
class MappingFaultTest {

    private static final int MANY = 10_000;

    @TempDir Path folder;

    private Path path() {
        return folder.resolve("ticks.map");
    }

    private MappedFileBuilder<Tick> ticks() {
        return MappedFile.builder(path(), Tick.class).forceOnClose(false);
    }

    private void cut(long bytes) {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void read_cutOff_isFaultWithFigures() {
        try (MutableMappedFile<Tick> file = ticks().create(MANY)) {
            cut(4096);
            assertThatThrownBy(() -> file.get(MANY - 1))
                    .isInstanceOfSatisfying(
                            MappingFaultException.class,
                            fault -> {
                                assertThat(fault.file()).isEqualTo(path().toString());
                                assertThat(fault.mappedTo()).isEqualTo(4096 + 24L * MANY);
                                assertThat(fault.fileBytes()).isEqualTo(4096);
                                assertThat(fault).hasCauseInstanceOf(InternalError.class);
                            });
            assertThat(file.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThatThrownBy(file::check)
                    .isInstanceOf(MappingStaleException.class)
                    .hasMessageContaining("cut off to 4096 bytes");
            cut(0);
            assertThat(file.metrics().counters().get("mmap.faults")).isEqualTo(1);
        }
    }

    @Test
    void body_cutOffMeanwhile_isFaultHoweverOften() {
        for (int round = 0; round < 200; round++) {
            try (MutableMappedFile<Tick> file = ticks().create(MANY)) {
                assertThatThrownBy(() ->
                                file.read(slice -> {
                                    cut(4096);
                                    long sum = 0;
                                    for (long i = 0; i < slice.count(); i++) {
                                        sum += slice.get(i).id();
                                    }
                                    return sum;
                                }))
                        .isInstanceOf(MappingFaultException.class);
            }
            delete();
        }
    }

    private void delete() {
        try {
            Files.delete(path());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void body_cutInTheMiddleOfAPage_isFaultByItsLength() {
        try (MutableMappedFile<Tick> file = ticks().checkInterval(Duration.ZERO).create(10)) {
            cut(4096 + 24);

            assertThatThrownBy(() -> file.get(9))
                    .isInstanceOfSatisfying(
                            MappingFaultException.class,
                            fault -> assertThat(fault.fileBytes()).isEqualTo(4096 + 24));
        }
    }

    @Test
    void append_cutOff_isTypedAndNothingChanged() {
        MutableMappedFile<Tick> file = ticks().create(0);
        file.reserve(MANY);
        file.append(Tick.of(0));
        cut(0);
        assertThatThrownBy(() -> file.append(Tick.of(1))).isInstanceOf(MappingFaultException.class);
        assertThat(file.count()).isEqualTo(1);
        assertThatThrownBy(() -> file.resize(5 * MANY)).isInstanceOf(MappingStaleException.class);
        assertThatThrownBy(file::close).isInstanceOf(MappingStaleException.class);
        assertThat(file.isClosed()).isTrue();
    }
}
