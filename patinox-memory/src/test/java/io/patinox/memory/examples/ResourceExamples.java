package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.CleanupPriority;
import io.patinox.memory.resource.CloseReport;
import io.patinox.memory.resource.Exit;
import io.patinox.memory.resource.LeakPolicy;
import io.patinox.memory.resource.LeakReport;
import io.patinox.memory.resource.LeakWatch;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceSelection;
import io.patinox.memory.resource.ResourceType;
import io.patinox.memory.resource.ResourceView;
import io.patinox.memory.resource.WhenFull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

    @Test
    void exit() throws Exception {
        AtomicReference<String> done = new AtomicReference<>("");
        class Transaction {
            void commit() {
                done.set("committed");
            }

            void rollback() {
                done.set("rolled back");
            }

            void write() {
                throw new IllegalStateException("disk full");
            }
        }
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            // @start region="exit"
            Cleanup<Transaction> cleanup =
                    Cleanup.withExit((transaction, exit) -> {
                        if (exit instanceof Exit.Closed) {
                            transaction.commit();
                        } else {
                            transaction.rollback();
                        }
                    });
            AsyncResourceGuard<Transaction> guard =
                    registry.acquire("transaction", Transaction::new, cleanup);
            try {
                guard.get().write();
                guard.close();
            } catch (IllegalStateException failed) {
                guard.closeAfter(failed); // rolls back
            }
            // @end region="exit"
        }
        assertThat(done).hasValue("rolled back");
    }

    @Test
    void dependsOn() throws Exception {
        List<String> closed = new ArrayList<>();
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            AsyncResourceGuard<String> connection =
                    registry.acquire("connection", () -> "connection", closed::add);
            // @start region="depends"
            AsyncResourceGuard<String> statement =
                    registry.request("statement", () -> "statement", closed::add)
                            .dependsOn(connection)
                            .acquire();
            connection.close(); // closes the statement first
            // @end region="depends"
            assertThat(statement.isOpen()).isFalse();
        }
        assertThat(closed).containsExactly("statement", "connection");
    }

    @Test
    void retry() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Path file = folder.resolve("scratch");
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            // @start region="retry"
            AsyncResourceGuard<Path> scratch =
                    registry.request(
                                    "scratch",
                                    () -> Files.createFile(file),
                                    path -> {
                                        if (attempts.incrementAndGet() < 3) {
                                            throw new IOException("still in use");
                                        }
                                        Files.deleteIfExists(path);
                                    })
                            .idempotent() // may run again after any failure
                            .acquire();
            scratch.close(); // waits for the third attempt
            // @end region="retry"
        }
        assertThat(attempts).hasValue(3);
        assertThat(file).doesNotExist();
    }

    @Test
    void limit() throws Exception {
        // @start region="limit"
        ResourceRegistry registry =
                ResourceRegistry.builder("images")
                        .type(
                                ResourceType.named("buffer")
                                        .maxOpen(100)
                                        .maxBytes(64 << 20)
                                        .whenFull(WhenFull.WAIT)
                                        .timeout(Duration.ofSeconds(2))
                                        .cleanupConcurrency(4))
                        .build();
        AsyncResourceGuard<byte[]> buffer =
                registry.request("buffer", () -> new byte[1 << 20], bytes -> {})
                        .sizeBytes(1 << 20)
                        .acquire();
        // @end region="limit"
        assertThat(registry.select().total().bytes()).isEqualTo(1 << 20);
        buffer.close();
        registry.close();
    }

    @Test
    void select() throws Exception {
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            AsyncResourceGuard<String> guard =
                    registry.request("session", () -> "s", session -> {})
                            .tags("tenant-7")
                            .acquire();
            // @start region="select"
            ResourceSelection sessions = registry.select().type("session").tag("tenant-7");
            long count = sessions.total().count();
            List<ResourceView> oldest = sessions.oldest(10);
            Map<CleanupOutcome, Long> ended =
                    sessions.olderThan(Duration.ZERO).cleanup().join(); // logs the tenant out
            // @end region="select"
            assertThat(count).isEqualTo(1);
            assertThat(oldest).extracting(ResourceView::name).containsExactly(guard.name());
            assertThat(ended).containsExactly(Map.entry(CleanupOutcome.CLEANED, 1L));
        }
    }

    @Test
    void watch() throws Exception {
        List<LeakReport> leaks;
        // @start region="watch"
        try (LeakWatch watch = LeakWatch.open();
                ResourceRegistry registry =
                        ResourceRegistry.builder("tested")
                                .leakPolicy(LeakPolicy.FAIL_TESTS)
                                .build()) {
            forget(registry); // acquires, and does not close
            leaks = watch.collect(Duration.ofSeconds(10));
        }
        // @end region="watch"
        assertThat(leaks).extracting(LeakReport::type).containsExactly("forgotten");
    }

    private static void forget(ResourceRegistry registry) {
        AsyncResourceGuard<String> _ = registry.acquire("forgotten", () -> "forgotten", text -> {});
    }

    @Test
    void async() throws Exception {
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            // @start region="async"
            CompletableFuture<AsyncResourceGuard<AsynchronousFileChannel>> opening =
                    registry.acquireAsync(
                            "journal",
                            () ->
                                    CompletableFuture.supplyAsync(
                                            () -> unchecked(journal)), // any stage will do
                            AsynchronousFileChannel::close);
            long size = opening.thenApply(guard -> unchecked(guard)).join();
            // @end region="async"
            assertThat(size).isEqualTo(12);
            opening.join().close();
        }
    }

    private static AsynchronousFileChannel unchecked(Path file) {
        try {
            return AsynchronousFileChannel.open(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long unchecked(AsyncResourceGuard<AsynchronousFileChannel> guard) {
        try {
            return guard.use(AsynchronousFileChannel::size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
