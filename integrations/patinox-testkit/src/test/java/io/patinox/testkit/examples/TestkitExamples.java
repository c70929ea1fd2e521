package io.patinox.testkit.examples;

import static io.patinox.testkit.LeakAssertions.assertCollectable;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.LeakPolicy;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.testkit.FailOnLeak;
import io.patinox.testkit.LeakExtension;
import io.patinox.testkit.ManualTicker;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TestkitExamples {

    // @start region="annotation"
    @FailOnLeak
    @Nested
    class JournalTest {
        @AutoClose
        private final ResourceRegistry registry =
                ResourceRegistry.builder("journal").leakPolicy(LeakPolicy.FAIL_TESTS).build();

        @Test
        void journal_written_isClosed(@TempDir Path folder) throws Exception {
            Journal journal = new Journal(registry, folder.resolve("journal"));
            journal.close(); // without this the test fails, and says where it was opened
        }
    }

    // @end region="annotation"

    @Nested
    class PatientTest {
        // @start region="extension"
        @RegisterExtension
        static final LeakExtension LEAKS = LeakExtension.withPatience(Duration.ofSeconds(10));

        // @end region="extension"

        @Test
        void journal_closed_isNoLeak(@TempDir Path folder) throws Exception {
            try (ResourceRegistry registry =
                            ResourceRegistry.builder("journal")
                                    .leakPolicy(LeakPolicy.FAIL_TESTS)
                                    .build();
                    Journal journal = new Journal(registry, folder.resolve("journal"))) {
                assertThat(journal.file.isOpen()).isTrue();
            }
        }
    }

    @Test
    void collectable(@TempDir Path folder) throws Exception {
        // @start region="collectable"
        try (ResourceRegistry registry = ResourceRegistry.builder("journal").build()) {
            assertCollectable(() -> new Journal(registry, folder.resolve("journal")).file);
        }
        // @end region="collectable"
    }

    @Test
    void ticker() {
        // @start region="ticker"
        ManualTicker ticker = new ManualTicker();
        try (ResourceRegistry registry =
                        ResourceRegistry.builder("sessions").ticker(ticker).build();
                AsyncResourceGuard<String> session =
                        registry.acquire("session", () -> "anna", name -> {})) {
            ticker.advance(Duration.ofHours(2));
            assertThat(registry.select().olderThan(Duration.ofHours(1)).list()).hasSize(1);
            assertThat(session.isOpen()).isTrue();
        }
        // @end region="ticker"
    }

    /// What is tested.
    private static final class Journal implements AutoCloseable {
        private final AsyncResourceGuard<FileChannel> file;

        Journal(ResourceRegistry registry, Path path) {
            this.file =
                    registry.acquire(
                            "journal",
                            () -> FileChannel.open(Files.createFile(path)),
                            FileChannel::close);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
