package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceScope;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of scopes in the guide and the Javadoc, run as tests.
class ScopeExamples {
    @TempDir Path folder;

    @Test
    void scope() throws Exception {
        List<Path> parts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parts.add(Files.writeString(folder.resolve("part" + i), "four"));
        }
        long size = 0;
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            // @start region="scope"
            try (ResourceScope scope = registry.scope("merge")) {
                for (Path part : parts) {
                    size +=
                            scope.acquire("part", () -> FileChannel.open(part), FileChannel::close)
                                    .use(FileChannel::size);
                }
            } // closes all parts, the last first
            // @end region="scope"
            assertThat(registry.balance().cleaned()).isEqualTo(3);
        }
        assertThat(size).isEqualTo(12);
    }

    @Test
    void within() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "four");
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            // @start region="within"
            long size =
                    registry.within(
                            "request",
                            scope ->
                                    scope.acquire(
                                                    "file",
                                                    () -> FileChannel.open(file),
                                                    FileChannel::close)
                                            .use(FileChannel::size));
            // @end region="within"
            assertThat(size).isEqualTo(4);
            assertThat(registry.balance().open()).isZero();
        }
    }

    @Test
    void move() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "four");
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build();
                ResourceScope session = registry.scope("session")) {
            // @start region="move"
            AsyncResourceGuard<FileChannel> kept;
            try (ResourceScope setup = registry.scope("setup")) {
                kept = setup.acquire("file", () -> FileChannel.open(file), FileChannel::close);
                // whatever fails up to here closes the file
                kept.moveTo(session); // from here on it lives as long as the session
            }
            // @end region="move"
            assertThat(kept.isOpen()).isTrue();
        }
    }

    @Test
    void async() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "four");
        try (ResourceRegistry registry = ResourceRegistry.builder("orders").build()) {
            // @start region="async"
            CompletableFuture<Integer> answer =
                    registry.withinAsync(
                            "request",
                            scope -> {
                                var channel =
                                        scope.acquire(
                                                "file",
                                                () -> FileChannel.open(file),
                                                FileChannel::close);
                                return CompletableFuture.supplyAsync(
                                        () -> channel.isOpen() ? 200 : 500);
                            }); // completes after the scope was closed
            // @end region="async"
            assertThat(answer.join()).isEqualTo(200);
            assertThat(registry.balance().open()).isZero();
        }
    }
}
