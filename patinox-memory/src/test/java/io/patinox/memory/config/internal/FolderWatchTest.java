package io.patinox.memory.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    private static final String LIMIT = "User limit of inotify instances reached";

    @TempDir Path dir;
    private final AtomicInteger hints = new AtomicInteger();
    private final AtomicBoolean refuses = new AtomicBoolean();
    private final FolderWatch watch =
            new FolderWatch(
                    "test-events",
                    () -> {
                        if (refuses.get()) {
                            throw new IOException(LIMIT);
                        }
                        return FileSystems.getDefault().newWatchService();
                    },
                    hints::incrementAndGet);

    @AfterEach
    void end() {
        watch.close();
        watch.close();
    }

    @Test
    void file_createdInFolder_givesAHint() throws IOException {
        watch.arm(Set.of(dir), 0);

        Files.createFile(dir.resolve("a"));

        await().until(() -> hints.get() > 0);
        assertThat(watch.failure()).isNull();
    }

    @Test
    void folder_deletedAndRecreated_isArmedAnew() throws IOException {
        Path inner = Files.createDirectory(dir.resolve("inner"));
        watch.arm(Set.of(inner), 0);
        Files.delete(inner);
        await().until(() -> hints.get() > 0);
        watch.arm(Set.of(inner), 1);
        assertThat(watch.watched()).isZero();
        Files.createDirectory(inner);
        watch.arm(Set.of(inner), 2);
        int before = hints.get();

        Files.createFile(inner.resolve("a"));

        await().until(() -> hints.get() > before);
    }

    @Test
    void folder_noLongerWanted_isForgotten() throws IOException {
        Path inner = Files.createDirectory(dir.resolve("inner"));
        watch.arm(Set.of(dir, inner), 0);

        watch.arm(Set.of(dir), 1);

        assertThat(watch.watched()).isEqualTo(1);
    }

    @Test
    void limit_reached_isToldAndTriedAgain() {
        refuses.set(true);
        watch.arm(Set.of(dir), 0);
        assertThat(watch.failure()).isEqualTo(LIMIT);
        refuses.set(false);

        watch.arm(Set.of(dir), FolderWatch.RETRY_NANOS - 1);
        assertThat(watch.failure()).isEqualTo(LIMIT);
        watch.arm(Set.of(dir), FolderWatch.RETRY_NANOS);

        assertThat(watch.failure()).isNull();
        assertThat(watch.watched()).isEqualTo(1);
    }

    @Test
    void close_ofTheWatch_endsItsThread() {
        watch.arm(Set.of(dir), 0);

        watch.close();

        int before = hints.get();
        watch.arm(Set.of(dir), 1);
        assertThat(hints.get()).isEqualTo(before);
    }
}
