package io.patinox.memory.mmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MappingFaultException;
import io.patinox.memory.error.MappingStaleException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of a file that became shorter within a page, where no access faults. Systems that
/// don't let this happen to a mapped file leave it as it is, and then nothing is said.
class MappingLengthTest {
    private static final int SOME = 100;

    @TempDir private Path folder;

    private MutableMappedFile<Tick> create() {
        return MappedFile.builder(folder.resolve("ticks"), Tick.class)
                .forceOnClose(false)
                .checkInterval(Duration.ZERO)
                .create(SOME);
    }

    /// Cuts off half an element in the middle of the last page.
    private boolean cut() {
        Path path = folder.resolve("ticks");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 12);
            return true;
        } catch (IOException e) {
            return false; // mapped files can't be cut on Windows
        }
    }

    private void close(MutableMappedFile<Tick> file, boolean cut) {
        if (cut) {
            assertThatThrownBy(file::close).isInstanceOf(MappingStaleException.class);
        } else {
            file.close();
        }
    }

    @Test
    void append_intoRoomThatWasCutOff_isAFaultAndPublishesNothing() {
        MutableMappedFile<Tick> file = create();
        file.reserve(SOME + 10);
        boolean cut = cut();
        if (cut) {
            assertThatThrownBy(() -> file.append(new Tick(1, 2, 3, 4)))
                    .isInstanceOf(MappingFaultException.class);
        }
        assertThat(file.count()).isEqualTo(SOME);
        close(file, cut);
    }

    @Test
    void preload_cutOffWithinAPage_isAFault() {
        MutableMappedFile<Tick> file = create();
        boolean cut = cut();
        if (cut) {
            assertThatThrownBy(file::preload).isInstanceOf(MappingFaultException.class);
        }
        file.close();
    }

    @Test
    void forceOfARange_cutOff_isStale() {
        MutableMappedFile<Tick> file = create();
        file.force(0, SOME);
        boolean cut = cut();
        if (cut) {
            assertThatThrownBy(() -> file.force(SOME - 1, 1))
                    .isInstanceOf(MappingStaleException.class);
        }
        file.close();
    }

    @Test
    void forceOfARange_deleted_isStale() {
        MutableMappedFile<Tick> file = create();
        boolean deleted = delete();
        if (deleted) {
            assertThatThrownBy(() -> file.force(0, 1)).isInstanceOf(MappingStaleException.class);
        }
        file.close();
    }

    private boolean delete() {
        try {
            Files.delete(folder.resolve("ticks"));
            return true;
        } catch (IOException e) {
            return false; // nor be deleted there
        }
    }
}
