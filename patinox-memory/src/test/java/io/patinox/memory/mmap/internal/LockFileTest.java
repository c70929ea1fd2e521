package io.patinox.memory.mmap.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.MappingInterruptedException;
import io.patinox.memory.error.MappingLockedException;
import io.patinox.memory.error.MappingStorageException;
import io.patinox.memory.mmap.FileLocking;
import io.patinox.memory.monitor.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LockFileTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Executor VIRTUAL = Thread::startVirtualThread;

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = Files.createFile(folder.resolve("data"));
    }

    @AfterEach
    void nothingStaysOpen() {
        assertThat(LockFile.open()).isZero();
    }

    private LockFile lock(FileLocking mode, Duration timeout) {
        return LockFile.acquire(file, mode, timeout, Ticker.system());
    }

    private LockFile lock(FileLocking mode) {
        return lock(mode, Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "SHARED, SHARED, true",
        "SHARED, EXCLUSIVE, false",
        "EXCLUSIVE, SHARED, false",
        "EXCLUSIVE, EXCLUSIVE, false",
        "EXCLUSIVE, NONE, true",
        "NONE, EXCLUSIVE, true"
    })
    void acquire_secondInTheProcess_getsItIfModesAgree(
            FileLocking first, FileLocking second, boolean agree) {
        try (LockFile held = lock(first)) {
            assertThat(held).isNotNull();
            if (agree) {
                lock(second).close();
            } else {
                assertThatThrownBy(() -> lock(second))
                        .isInstanceOfSatisfying(
                                MappingLockedException.class,
                                e -> {
                                    assertThat(e.mode()).isEqualTo(second.name());
                                    assertThat(e.file()).isEqualTo(file.toString());
                                });
            }
        }
        lock(second).close();
    }

    @ParameterizedTest
    @CsvSource({
        "SHARED, SHARED, true",
        "SHARED, EXCLUSIVE, false",
        "EXCLUSIVE, SHARED, false",
        "EXCLUSIVE, EXCLUSIVE, false"
    })
    void acquire_heldByAProcessThatIsKilled_isFreeThen(
            FileLocking theirs, FileLocking ours, boolean agree) throws Exception {
        Process child =
                ChildProgram.start(LockHolder.class, List.of(), file.toString(), theirs.name());
        try (BufferedReader said = child.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");
            if (agree) {
                lock(ours).close();
            } else {
                assertThatThrownBy(() -> lock(ours, Duration.ofMillis(20)))
                        .isInstanceOf(MappingLockedException.class);
            }
            var waiting = CompletableFuture.supplyAsync(() -> lock(ours, LONG), VIRTUAL);
            child.destroyForcibly();
            waiting.get(20, TimeUnit.SECONDS).close();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void lock_ofOneOfTwoHoldersClosed_isStillHeldAgainstOtherProcesses() throws Exception {
        LockFile first = lock(FileLocking.SHARED);
        LockFile second = lock(FileLocking.SHARED);
        first.close();
        first.close();
        Process child =
                ChildProgram.start(LockHolder.class, List.of(), file.toString(), "EXCLUSIVE");
        try (BufferedReader said = child.inputReader()) {
            var word = CompletableFuture.supplyAsync(() -> readLine(said), VIRTUAL);
            assertThatThrownBy(() -> word.get(700, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            second.close();
            assertThat(word.get(20, TimeUnit.SECONDS)).isEqualTo("held");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static String readLine(BufferedReader reader) {
        try {
            return reader.readLine();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void acquire_byAnotherNameOfTheFile_isTheSameLock() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        try (LockFile held = lock(FileLocking.EXCLUSIVE)) {
            assertThat(held).isNotNull();
            for (Path name : List.of(link, folder.resolve("x/../data"), folder.resolve("./data"))) {
                Files.createDirectories(folder.resolve("x"));
                assertThatThrownBy(() ->
                                LockFile.acquire(
                                        name,
                                        FileLocking.EXCLUSIVE,
                                        Duration.ZERO,
                                        Ticker.system()))
                        .isInstanceOf(MappingLockedException.class);
            }
        }
        assertThat(folder.resolve("data.lock")).exists();
        assertThat(folder.resolve("link.lock")).doesNotExist();
    }

    @Test
    void acquire_ofAFileThatIsNotThere_locksItsName() throws IOException {
        Files.delete(file);
        try (LockFile held = lock(FileLocking.EXCLUSIVE)) {
            assertThat(held).isNotNull();
            Files.createFile(file);
            assertThatThrownBy(() -> lock(FileLocking.SHARED))
                    .isInstanceOf(MappingLockedException.class);
        }
    }

    @Test
    void acquire_timeoutByTheTicker_saysHowLongItWaited() {
        var now = new AtomicLong(Long.MAX_VALUE - 5); // wraps around while it waits
        Ticker ticker = () -> now.getAndAdd(Duration.ofSeconds(1).toNanos());
        try (LockFile held = lock(FileLocking.EXCLUSIVE)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() ->
                            LockFile.acquire(
                                    file, FileLocking.SHARED, Duration.ofSeconds(3), ticker))
                    .isInstanceOfSatisfying(
                            MappingLockedException.class,
                            e ->
                                    assertThat(e.waited())
                                            .isBetween(
                                                    Duration.ofSeconds(3), Duration.ofSeconds(6)));
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void acquire_interruptedWhileItWaits_endsWithTheFlagSet(boolean virtual) throws Exception {
        var thrown = new AtomicReference<Throwable>();
        var flag = new AtomicReference<Boolean>();
        Runnable waits =
                () -> {
                    try (LockFile lock = lock(FileLocking.EXCLUSIVE, LONG)) {
                        assertThat(lock).isNull();
                    } catch (MappingInterruptedException e) {
                        thrown.set(e);
                        flag.set(Thread.currentThread().isInterrupted());
                    }
                };
        try (LockFile held = lock(FileLocking.SHARED)) {
            assertThat(held).isNotNull();
            Thread waiter =
                    (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).name("waits").start(waits);
            await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
            waiter.interrupt();
            assertThat(waiter.join(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(thrown.get())
                .isInstanceOf(MappingInterruptedException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(flag).hasValue(true);
    }

    @Test
    void acquire_interruptedBeforehandAndFree_getsItAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        lock(FileLocking.EXCLUSIVE).close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void release_manyWait_servesThemInTheirOrder() throws Exception {
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiters = new ArrayList<>();
        try (LockFile held = lock(FileLocking.EXCLUSIVE)) {
            assertThat(held).isNotNull();
            for (int i = 0; i < 6; i++) {
                int number = i;
                Thread waiter =
                        Thread.startVirtualThread(() -> {
                            try (LockFile lock = lock(FileLocking.EXCLUSIVE, LONG)) {
                                assertThat(lock).isNotNull();
                                served.add(number);
                            }
                        });
                waiters.add(waiter);
                await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
            }
        }
        for (Thread waiter : waiters) {
            assertThat(waiter.join(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void acquire_sharedBehindAWaitingExclusive_doesNotOvertake() throws Exception {
        Thread writer;
        try (LockFile held = lock(FileLocking.SHARED)) {
            assertThat(held).isNotNull();
            writer = Thread.startVirtualThread(() -> lock(FileLocking.EXCLUSIVE, LONG).close());
            Thread waiting = writer;
            await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            assertThatThrownBy(() -> lock(FileLocking.SHARED))
                    .isInstanceOf(MappingLockedException.class);
        }
        assertThat(writer.join(Duration.ofSeconds(20))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"SHARED", "EXCLUSIVE"})
    void acquire_byManyThreads_neverBreaksTheRule(FileLocking other) throws Exception {
        var inside = new AtomicInteger();
        var broken = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            FileLocking mode = t % 2 == 0 ? FileLocking.EXCLUSIVE : other;
            int weight = mode == FileLocking.EXCLUSIVE ? 1000 : 1;
            threads.add(
                    Thread.startVirtualThread(() -> {
                        for (int i = 0; i < 50; i++) {
                            try (LockFile lock = lock(mode, LONG)) {
                                int sum = inside.addAndGet(weight);
                                if (lock == null || sum > 1000 || sum % 1000 > 8) {
                                    broken.incrementAndGet();
                                }
                                Thread.yield();
                                inside.addAndGet(-weight);
                            }
                        }
                    }));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(broken).hasValue(0);
    }

    @Test
    void acquire_whereNoLockFileCanBe_isAStorageError() throws IOException {
        Path nowhere = folder.resolve("missing/data");
        assertThatThrownBy(() ->
                        LockFile.acquire(
                                nowhere, FileLocking.SHARED, Duration.ZERO, Ticker.system()))
                .isInstanceOf(MappingStorageException.class)
                .hasMessageContaining("can't lock " + nowhere);
        Files.createDirectory(folder.resolve("data.lock"));
        assertThatThrownBy(() -> lock(FileLocking.EXCLUSIVE))
                .isInstanceOf(MappingStorageException.class);
        assertThatThrownBy(() ->
                        LockFile.acquire(
                                folder.getRoot(),
                                FileLocking.SHARED,
                                Duration.ZERO,
                                Ticker.system()))
                .isInstanceOf(MappingStorageException.class);
    }
}
