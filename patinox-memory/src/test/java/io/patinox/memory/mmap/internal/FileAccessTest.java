package io.patinox.memory.mmap.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingStorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAccessTest {

    @TempDir Path folder;

    private Path path() {
        return folder.resolve("some.bin");
    }

    @Test
    void read_beyondTheEnd_isShort() {
        try (FileAccess file = FileAccess.create(path())) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
            ByteBuffer target = ByteBuffer.allocate(8);

            assertThat(file.read(target, 1)).isEqualTo(2);
            assertThat(target.position()).isEqualTo(2);
            assertThat(file.read(ByteBuffer.allocate(8), 100)).isZero();
            assertThat(file.size()).isEqualTo(3);
        }
    }

    @Test
    void operations_interrupted_endAndKeepTheFlag() {
        try (FileAccess file = FileAccess.create(path());
                Arena arena = Arena.ofConfined()) {
            Thread.currentThread().interrupt();
            file.write(ByteBuffer.wrap(new byte[100]), 0);
            file.truncate(50);
            file.force();
            assertThat(file.size()).isEqualTo(50);
            assertThat(file.map(MapMode.READ_ONLY, 0, 50, arena).byteSize()).isEqualTo(50);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(file.read(ByteBuffer.allocate(50), 0)).isEqualTo(50);
        }
    }

    @Test
    void operations_interruptedInTheMiddle_endAll() throws Exception {
        try (FileAccess file = FileAccess.create(path())) {
            file.write(ByteBuffer.wrap(new byte[1 << 20]), 0);
            AtomicBoolean over = new AtomicBoolean();
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            CountDownLatch begun = new CountDownLatch(2);
            Runnable reading =
                    () -> {
                        try {
                            begun.countDown();
                            ByteBuffer target = ByteBuffer.allocate(1 << 20);
                            while (!over.get()) {
                                target.clear();
                                assertThat(file.read(target, 0)).isEqualTo(1 << 20);
                            }
                        } catch (Throwable e) {
                            failure.set(e);
                        }
                    };
            Thread one = Thread.ofPlatform().start(reading);
            Thread two = Thread.ofVirtual().start(reading);
            begun.await();
            for (int i = 0; i < 500; i++) {
                one.interrupt();
                two.interrupt();
                assertThat(file.size()).isEqualTo(1 << 20);
            }
            over.set(true);
            one.join();
            two.join();
            assertThat(failure.get()).isNull();
        }
    }

    @Test
    void operations_closed_areRefused() {
        FileAccess file = FileAccess.create(path());
        file.close();
        file.close();

        assertThatThrownBy(file::size).isInstanceOf(MappingClosedException.class);
        assertThatThrownBy(() -> FileAccess.create(path()))
                .isInstanceOf(MappingStorageException.class);
    }

    @Test
    void changed_deletedOrReplaced_isSaid() throws IOException {
        try (FileAccess file = FileAccess.create(path())) {
            assertThat(file.changed()).isNull();
            Path kept = Files.move(path(), folder.resolve("kept"));
            assertThat(file.changed()).isEqualTo("was deleted");
            Files.createFile(path());
            assertThat(file.changed()).isEqualTo("was replaced");
            Files.delete(path());
            Files.move(kept, path());
            assertThat(file.changed()).isNull();
            assertThat(file.name()).isEqualTo(path().toString());
        }
    }

    @Test
    void limit_ofTheSystem_isThreeQuarters() throws IOException {
        Path setting = folder.resolve("max_map_count");
        Files.writeString(setting, "65530\n");
        assertThat(MappingCount.limitOf(setting)).isEqualTo(49_146);
        Files.writeString(setting, "many");
        assertThat(MappingCount.limitOf(setting)).isEqualTo(1_000_000);
        assertThat(MappingCount.limitOf(folder.resolve("none"))).isEqualTo(1_000_000);
        // the real setting was once read as its first digit
        assertThat(MappingCount.limit()).isGreaterThan(1_000);
    }

    @Test
    void room_takenSparse_isThereInFull() {
        try (FileAccess file = FileAccess.create(path())) {
            Room.take(file, 200_000, false);
            assertThat(file.size()).isEqualTo(200_000);
            Room.take(file, 10, false);
            assertThat(file.size()).isEqualTo(200_000);
            Room.take(file, 1 << 30, true);
            assertThat(file.size()).isEqualTo(1 << 30);
        }
    }
}
