package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.CleanupPriority;
import io.patinox.memory.resource.CloseReport;
import io.patinox.memory.resource.ResourceRegistry;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of the guide and the Javadoc, run as tests.
class ResourceExamples {
    @TempDir Path folder;
    Path journal;

    @BeforeEach
    void writeJournal() throws Exception {
        journal = Files.writeString(folder.resolve("journal"), "twelve bytes");
    }

    @Test
    void acquire() throws Exception {
        long size;
        // @start region="acquire"
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build();
                AsyncResourceGuard<FileChannel> file =
                        registry.acquire(
                                "journal", () -> FileChannel.open(journal), FileChannel::close)) {
            size = file.use(FileChannel::size);
        }
        // @end region="acquire"
        assertThat(size).isEqualTo(12);
    }

    @Test
    void use() throws Exception {
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            // @start region="use"
            AsyncResourceGuard<FileChannel> file =
                    registry.acquire(
                            "journal", () -> FileChannel.open(journal), FileChannel::close);
            long size = file.use(FileChannel::size); // throws what size() throws
            CompletableFuture<CleanupOutcome> closed = file.cleanup(); // does not wait
            // @end region="use"
            assertThat(size).isEqualTo(12);
            assertThat(closed.get()).isEqualTo(CleanupOutcome.CLEANED);
        }
    }

    @Test
    void request() throws Exception {
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            Path folder = this.folder.resolve("scratch");
            // @start region="request"
            AsyncResourceGuard<Path> scratch =
                    registry.request("folder", () -> Files.createDirectory(folder), Files::delete)
                            .priority(CleanupPriority.LOW)
                            .acquire();
            AsyncResourceGuard<FileChannel> file =
                    registry.request("journal", () -> FileChannel.open(journal), FileChannel::close)
                            .name("journal-2026")
                            .deadline(Duration.ofSeconds(2))
                            .acquire();
            // @end region="request"
            assertThat(file.name()).isEqualTo("journal-2026");
            assertThat(scratch.get()).isDirectory();
        }
        assertThat(folder.resolve("scratch")).doesNotExist();
    }

    @Test
    void detach() throws Exception {
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            AsyncResourceGuard<FileChannel> file =
                    registry.acquire(
                            "journal", () -> FileChannel.open(journal), FileChannel::close);
            // @start region="detach"
            FileChannel channel = file.detach(); // from here on it is yours to close
            // @end region="detach"
            registry.close();
            assertThat(channel.isOpen()).isTrue();
            channel.close();
        }
    }

    @Test
    void close() {
        // @start region="close"
        ResourceRegistry registry =
                ResourceRegistry.builder("orders")
                        .monitor(Monitor.logging())
                        .cleanupDeadline(Duration.ofSeconds(5))
                        .build();
        AsyncResourceGuard<FileChannel> file =
                registry.acquire("journal", () -> FileChannel.open(journal), FileChannel::close);

        CloseReport report = registry.close(Duration.ofSeconds(10));
        for (CloseReport.Unclean left : report.unclean()) {
            System.getLogger("orders").log(Level.WARNING, left.resource() + ": " + left.reason());
        }
        // @end region="close"
        assertThat(file.isOpen()).isFalse();
        assertThat(report.complete()).isTrue();
        assertThat(report.balance().cleaned()).isEqualTo(1);
        assertThat(report.balance().holds()).isTrue();
    }
}
