package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MappingDirtyException;
import io.patinox.memory.error.MappingLockedException;
import io.patinox.memory.mmap.AccessAdvice;
import io.patinox.memory.mmap.BlockReport;
import io.patinox.memory.mmap.FileInspection;
import io.patinox.memory.mmap.FileLocking;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappingGroup;
import io.patinox.memory.mmap.MutableMappedFile;
import io.patinox.memory.mmap.WhenDirty;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.resource.ResourceRegistry;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the documentation shows of mapped files in operation: crashes, locks, arenas, figures.
class MappingOperationExamples {
    record Trade(long id, int quantity, double price) {}

    @TempDir Path folder;
    Path path;

    @BeforeEach
    void writeTrades() {
        path = folder.resolve("trades.map");
        try (MutableMappedFile<Trade> trades =
                MappedFile.builder(path, Trade.class).checksums(4_096).create(0)) {
            trades.appendAll(List.of(new Trade(1, 100, 9.5), new Trade(2, 200, 9.25)));
        }
    }

    @Test
    void verify() throws Exception {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {99}), 4_096); // somebody damages the file
        }
        // @start region="verify"
        try (FileInspection file = FileInspection.open(path)) {
            BlockReport report = file.verify();
            for (BlockReport.BadBlock bad : report.bad()) {
                System.out.printf(
                        "elements %d to %d are not as written%n",
                        bad.firstElement(), bad.lastElement());
            }
            assertThat(report.isGood()).isFalse();
        }
        // @end
    }

    @Test
    void dirty() throws Exception {
        Path copy = folder.resolve("copy.map");
        try (MutableMappedFile<Trade> trades = MappedFile.builder(path, Trade.class).open()) {
            trades.append(new Trade(3, 1, 9));
            trades.force();
            Files.copy(path, copy); // as a crash at this moment would leave it
        }
        // @start region="dirty"
        assertThatThrownBy(() -> MappedFile.builder(copy, Trade.class).open())
                .isInstanceOf(MappingDirtyException.class);
        try (FileInspection file = FileInspection.open(copy)) {
            assertThat(file.header().clean()).isFalse();
            assertThat(file.verify().isGood()).isTrue(); // nothing was written after force()
        }
        try (MutableMappedFile<Trade> trades =
                MappedFile.builder(copy, Trade.class).whenDirty(WhenDirty.ACCEPT).open()) {
            trades.append(new Trade(4, 1, 9));
        } // written to and closed in order, so it is clean again
        // @end
        MappedFile.builder(copy, Trade.class).openReadOnly().close();
    }

    @Test
    void follow() {
        try (MutableMappedFile<Trade> writer = MappedFile.builder(path, Trade.class).open()) {
            // @start region="follow"
            try (MappedFile<Trade> reader =
                    MappedFile.builder(path, Trade.class)
                            .whenDirty(WhenDirty.ACCEPT) // its writer is at work
                            .openReadOnly()) {
                writer.append(new Trade(3, 1, 9)); // in another process, perhaps
                assertThat(reader.refresh()).isEqualTo(3);
                assertThat(reader.get(2)).isEqualTo(new Trade(3, 1, 9));
            }
            // @end
        }
    }

    @Test
    void lock() {
        // @start region="lock"
        try (MutableMappedFile<Trade> mine =
                MappedFile.builder(path, Trade.class).locking(FileLocking.EXCLUSIVE).open()) {
            assertThatThrownBy(() ->
                            MappedFile.builder(path, Trade.class)
                                    .locking(FileLocking.SHARED)
                                    .openReadOnly())
                    .isInstanceOf(MappingLockedException.class);
            mine.append(new Trade(3, 1, 9));
        }
        // @end
    }

    @Test
    void group() {
        Path other = folder.resolve("other.map");
        MappedFile.builder(other, Trade.class).create(10).close();
        // @start region="group"
        try (MappingGroup day = MappingGroup.open("2026-11-28")) {
            MappedFile<Trade> trades =
                    MappedFile.builder(path, Trade.class).group(day).openReadOnly();
            MappedFile<Trade> others =
                    MappedFile.builder(other, Trade.class).group(day).openReadOnly();
            assertThat(trades.count() + others.count()).isEqualTo(12);
            assertThat(day.files()).isEqualTo(2);
        } // both are closed, and unmapped at once
        // @end
    }

    @Test
    void arenas() {
        // @start region="arenas"
        try (MappedFile<Trade> trades =
                MappedFile.builder(path, Trade.class).confined().openReadOnly()) {
            assertThat(trades.count()).isEqualTo(2); // by this thread, and by no other
        }
        try (Arena arena = Arena.ofShared();
                MappedFile<Trade> trades =
                        MappedFile.builder(path, Trade.class).arena(arena).openReadOnly()) {
            assertThat(trades.count()).isEqualTo(2); // unmapped when the arena is closed
        }
        // @end
    }

    @Test
    void registry() {
        // @start region="registry"
        try (ResourceRegistry registry = ResourceRegistry.builder("prices").build()) {
            MappedFile<Trade> trades =
                    MappedFile.builder(path, Trade.class).registry(registry).openReadOnly();
            assertThat(trades.count()).isEqualTo(2);
        } // closes what is still open
        // @end
        Path moved = folder.resolve("moved.map");
        assertThat(path.toFile().renameTo(moved.toFile())).isTrue();
    }

    @Test
    void advise() {
        // @start region="advise"
        try (MappedFile<Trade> trades =
                MappedFile.builder(path, Trade.class).nativeAccess(true).openReadOnly()) {
            boolean told = trades.advise(AccessAdvice.WILL_NEED, 0, trades.count());
            trades.preload(); // reads all of it, with or without native access
            assertThat(told).isEqualTo(MappedFile.class.getModule().isNativeAccessEnabled());
        }
        // @end
    }

    @Test
    void metrics() {
        try (MappedFile<Trade> trades = MappedFile.builder(path, Trade.class).openReadOnly()) {
            trades.get(0);
            // @start region="metrics"
            MetricsSnapshot metrics = trades.metrics();
            long bodies = metrics.counters().getOrDefault("mmap.bodies", 0L);
            long mappedBytes = metrics.gauges().getOrDefault("mmap.mapped.bytes", 0L);
            boolean up = trades.health().status() == Health.Status.UP;
            // @end
            assertThat(bodies).isPositive();
            assertThat(mappedBytes).isPositive();
            assertThat(up).isTrue();
        }
    }
}
