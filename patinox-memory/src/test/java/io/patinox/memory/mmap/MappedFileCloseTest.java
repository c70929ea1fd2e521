package io.patinox.memory.mmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.MappingClosedException;
import io.patinox.memory.error.MappingInterruptedException;
import io.patinox.memory.error.MappingThreadException;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How mapped files end: alone, in a group, in an arena of the caller's, by a registry, lost.
class MappedFileCloseTest {

    /// Remembers events.
    private static final class Log implements Monitor {
        final Queue<MonitorEvent> events = new ConcurrentLinkedQueue<>();
        final Queue<String> sources = new ConcurrentLinkedQueue<>();

        @Override
        public boolean enabled(EventKind kind) {
            return true;
        }

        @Override
        public void publish(MonitorEvent event) {
            events.add(event);
        }

        @Override
        public void register(MetricsSource source) {
            sources.add(source.name());
        }

        @Override
        public void unregister(MetricsSource source) {
            sources.remove(source.name());
        }
    }

    @TempDir Path folder;

    private Path path() {
        return folder.resolve("ticks.map");
    }

    private MappedFileBuilder<Tick> ticks() {
        return MappedFile.builder(path(), Tick.class).forceOnClose(false);
    }

    private void created(int count) {
        try (MutableMappedFile<Tick> file = ticks().create(count)) {
            file.resize(count);
        }
    }

    @Test
    void close_withinABody_leavesItToTheBody() {
        created(10);
        MappedFile<Tick> file = ticks().openReadOnly();

        Tick seen =
                file.read(slice -> {
                    file.close();
                    assertThat(file.isClosed()).isTrue();
                    assertThatThrownBy(() -> file.get(1))
                            .isInstanceOf(MappingClosedException.class);
                    return slice.get(1);
                });
        assertThat(seen).isNotNull();
        assertThat(file.close(Duration.ZERO)).isTrue();
    }

    @Test
    void close_whileABodyRuns_waitsForIt() throws Exception {
        created(10);
        MutableMappedFile<Tick> file = ticks().open();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> body =
                    threads.submit(() ->
                            file.compute(slice -> {
                                inside.countDown();
                                go.await();
                                slice.set(0, Tick.of(8));
                                return true;
                            }));
            inside.await();
            assertThat(file.close(Duration.ZERO)).isFalse();
            Future<Boolean> closing = threads.submit(() -> file.close(Duration.ofMinutes(1)));
            go.countDown();
            assertThat(body.get()).isTrue();
            assertThat(closing.get()).isTrue();
        }
        try (MappedFile<Tick> again = ticks().openReadOnly()) {
            assertThat(again.get(0)).isEqualTo(Tick.of(8));
        }
    }

    @Test
    void close_interrupted_isTypedAndEndsLater() throws Exception {
        created(10);
        MappedFile<Tick> file = ticks().openReadOnly();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> body = threads.submit(() -> file.read(slice -> held(inside, go)));
            inside.await();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> file.close(Duration.ofMinutes(1)))
                    .isInstanceOf(MappingInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            go.countDown();
            assertThat(body.get()).isTrue();
        }
        assertThat(file.close(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void interrupted_threads_stillReadAndWrite() {
        try (MutableMappedFile<Tick> file = ticks().create(0)) {
            Thread.currentThread().interrupt();
            for (int i = 0; i < 5_000; i++) {
                file.append(Tick.of(i));
            }
            file.check();
            file.force();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(file.get(4_999)).isEqualTo(Tick.of(4_999));
        }
    }

    @Test
    void write_thatWaitedForGrowth_isInTheChecksums() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (MutableMappedFile<Tick> file = ticks().checksums(4096).create(1_000)) {
            Thread first =
                    Thread.ofPlatform()
                            .start(() ->
                                    file.write(slice -> {
                                        inside.countDown();
                                        awaited(go);
                                    }));
            inside.await();
            Thread growth = Thread.ofPlatform().start(() -> file.resize(50_000));
            await().until(() -> growth.getState() == Thread.State.TIMED_WAITING);
            Thread late = Thread.ofPlatform().start(() -> file.set(0, Tick.of(7)));
            await().until(() -> late.getState() == Thread.State.WAITING);
            go.countDown();
            first.join();
            growth.join();
            late.join();
            assertThat(file.get(0)).isEqualTo(Tick.of(7));
            assertThat(file.count()).isEqualTo(50_000);
        }
        try (FileInspection inspection = FileInspection.open(path())) {
            assertThat(inspection.verify().bad()).isEmpty();
        }
    }

    private static boolean held(CountDownLatch inside, CountDownLatch go)
            throws InterruptedException {
        inside.countDown();
        go.await();
        return true;
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void close_underEightReaders_isClosedForAll() throws Exception {
        created(1_000);
        for (int round = 0; round < 30; round++) {
            MappedFile<Tick> file = ticks().openReadOnly();
            CountDownLatch reading = new CountDownLatch(8);
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                List<Future<Long>> readers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    readers.add(threads.submit(() -> readUntilClosed(file, reading)));
                }
                reading.await();
                assertThat(file.close(Duration.ofMinutes(1))).isTrue();
                for (Future<Long> reader : readers) {
                    assertThat(reader.get()).isPositive();
                }
            }
        }
    }

    private static long readUntilClosed(MappedFile<Tick> file, CountDownLatch reading) {
        long bodies = 0;
        try {
            while (true) {
                long sum = file.<Long, RuntimeException>read(slice -> slice.sumLong("id"));
                assertThat(sum).isZero();
                if (bodies++ == 0) {
                    reading.countDown();
                }
            }
        } catch (MappingClosedException e) {
            return bodies;
        }
    }

    @Test
    void abandoned_body_isTold() throws Exception {
        created(10);
        Log log = new Log();
        MappedFile<Tick> file = ticks().name("held").monitor(log).openReadOnly();
        await().until(() -> log.sources.contains("held"));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> body = threads.submit(() -> file.read(slice -> held(inside, go)));
            inside.await();
            assertThat(file.close(Duration.ofMillis(1))).isFalse();
            await().until(() ->
                    log.events.stream().anyMatch(e -> e.kind() == EventKind.MAPPING_ABANDONED));
            go.countDown();
            assertThat(body.get()).isTrue();
        }
        assertThat(file.close(Duration.ofMinutes(1))).isTrue();
        await().until(() -> log.sources.isEmpty());
        assertThat(file.health().status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void metrics_ofAFile_countWhatHappened() {
        try (MutableMappedFile<Tick> file = ticks().create(0)) {
            file.append(Tick.of(1));
            file.append(Tick.of(2));
            file.visit(slice -> {});
            file.force();

            var metrics = file.metrics();
            assertThat(metrics.counters().get("mmap.appended")).isEqualTo(2);
            assertThat(metrics.counters().get("mmap.remaps")).isEqualTo(1);
            assertThat(metrics.counters().get("mmap.forced")).isEqualTo(1);
            assertThat(metrics.counters().get("mmap.bodies")).isPositive();
            assertThat(metrics.gauges().get("mmap.count")).isEqualTo(2);
            assertThat(metrics.gauges().get("mmap.mapped.bytes")).isGreaterThan(4096);
            assertThat(metrics.gauges().get("mmap.mappings")).isPositive();
            assertThat(file.health()).isEqualTo(Health.up());
            assertThat(file.component()).isEqualTo("mmap");
            assertThat(file.toString()).contains("2 elements");
        }
    }

    @Test
    void confined_otherThread_isRefused() throws Exception {
        created(10);
        MappedFile<Tick> file = ticks().confined().openReadOnly();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            assertThatThrownBy(() -> threads.submit(() -> file.get(0)).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(MappingThreadException.class);
            assertThatThrownBy(() -> threads.submit(() -> file.close(Duration.ZERO)).get())
                    .hasCauseInstanceOf(MappingThreadException.class);
        }
        assertThat(file.get(0)).isNotNull();
        file.close();
    }

    @Test
    void arena_ofTheCaller_endsTheFile() {
        created(10);
        MappedFile<Tick> file;
        try (Arena arena = Arena.ofShared()) {
            file = ticks().arena(arena).openReadOnly();
            assertThat(file.get(0)).isNotNull();
        }
        assertThatThrownBy(() -> file.get(0)).isInstanceOf(MappingClosedException.class);
        file.close();
    }

    @Test
    void group_closed_closesItsFiles() {
        created(10);
        MappingGroup group = MappingGroup.open("all");
        MappedFile<Tick> first = ticks().group(group).openReadOnly();
        MappedFile<Tick> second = ticks().group(group).openReadOnly();
        assertThat(group.files()).isEqualTo(2);
        first.close();
        assertThat(group.files()).isEqualTo(1);
        assertThat(second.get(0)).isNotNull();

        group.close();
        group.close();

        assertThat(group.files()).isZero();
        assertThat(second.isClosed()).isTrue();
        assertThat(group.name()).isEqualTo("all");
        assertThatThrownBy(() -> ticks().group(group).openReadOnly())
                .isInstanceOf(MappingClosedException.class);
    }

    @Test
    void group_closedWithinABody_unmapsAfterIt() {
        created(10);
        MappingGroup group = MappingGroup.open("all");
        MappedFile<Tick> file = ticks().group(group).closeTimeout(Duration.ZERO).openReadOnly();

        Tick seen =
                file.read(slice -> {
                    group.close();
                    return slice.get(3);
                });
        assertThat(seen).isNotNull();
        assertThat(file.close(Duration.ZERO)).isTrue();
    }

    @Test
    void registry_closed_closesTheFile() {
        created(10);
        ResourceRegistry registry = ResourceRegistry.builder("files").build();
        MappedFile<Tick> file = ticks().registry(registry).openReadOnly();
        MappedFile<Tick> other = ticks().registry(registry).openReadOnly();
        assertThat(registry.open()).hasSize(2);
        other.close();
        assertThat(registry.open()).hasSize(1);

        registry.close();

        assertThat(file.isClosed()).isTrue();
        assertThat(registry.balance().cleaned()).isEqualTo(2);
        file.close();
    }

    @Test
    void registry_fileClosedByItsGroup_holdsItNoMore() {
        created(10);
        try (ResourceRegistry registry = ResourceRegistry.builder("files").build();
                MappingGroup group = MappingGroup.open("all")) {
            MappedFile<Tick> file = ticks().registry(registry).group(group).openReadOnly();
            group.close();

            assertThat(file.isClosed()).isTrue();
            assertThat(registry.open()).isEmpty();
        }
    }

    @Test
    void registry_lostFile_isFoundAndClosed() {
        created(10);
        Log log = new Log();
        try (ResourceRegistry registry = ResourceRegistry.builder("files").monitor(log).build()) {
            lose(registry);
            await().until(() -> {
                System.gc();
                return registry.open().isEmpty();
            });
            await().until(() ->
                    log.events.stream().anyMatch(e -> e.kind() == EventKind.RESOURCE_LEAKED));
        }
    }

    private void lose(ResourceRegistry registry) {
        assertThat(ticks().registry(registry).openReadOnly().get(0)).isNotNull();
    }

    @Test
    void open_failing_leavesNothingOpen() throws IOException {
        created(10);
        ResourceRegistry registry = ResourceRegistry.builder("files").build();
        registry.close();
        double before = mappings();

        assertThatThrownBy(() -> ticks().registry(registry).openReadOnly())
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() ->
                        MappedFile.builder(folder.resolve("new.map"), Tick.class)
                                .registry(registry)
                                .create(5))
                .isInstanceOf(RuntimeException.class);

        assertThat(mappings()).isEqualTo(before);
        assertThat(Files.exists(folder.resolve("new.map"))).isFalse();
    }

    private double mappings() {
        try (MappedFile<Tick> file = ticks().openReadOnly()) {
            return file.metrics().gauges().get("mmap.mappings");
        }
    }
}
