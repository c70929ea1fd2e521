package io.patinox.contract.resource;

import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What [ProcessExitTest] runs in a process of its own: `NOTES SCENARIO HOOK [PIPE]`.
final class ExitProgram {
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(800);

    private final Path notes;
    private final ResourceRegistry registry;

    private ExitProgram(Path notes, boolean hook) {
        this.notes = notes;
        this.registry =
                ResourceRegistry.builder("exit")
                        .shutdownHook(hook)
                        .closeTimeout(CLOSE_TIMEOUT)
                        .cleanupDeadline(Duration.ofMillis(200))
                        .monitor(this::heard)
                        .build();
    }

    public static void main(String[] arguments) throws Exception {
        ExitProgram program =
                new ExitProgram(Path.of(arguments[0]), Boolean.parseBoolean(arguments[2]));
        switch (arguments[1]) {
            case "exit" -> program.exit();
            case "end" -> program.open("guard");
            case "wait" -> program.await();
            case "halt" -> program.halt();
            case "exit-in-close" -> program.exitInCleanup().close();
            case "exit-in-cleanup" -> program.exitInCleanup().cleanup().join();
            case "native" -> program.blockInNativeCode(Path.of(arguments[3]), false);
            case "native-platform" -> program.blockInNativeCode(Path.of(arguments[3]), true);
            case "memory" -> program.runOutOfMemory();
            default -> throw new IllegalArgumentException(arguments[1]);
        }
    }

    private synchronized void note(String line) {
        try {
            Files.writeString(notes, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void heard(MonitorEvent event) {
        if (event instanceof MonitorEvent.CleanupAbandoned abandoned) {
            boolean reads =
                    abandoned.stack().stream()
                            .anyMatch(
                                    f -> f.getClassName().equals(FileInputStream.class.getName()));
            note("abandoned " + abandoned.resource() + (reads ? " in native code" : ""));
        }
    }

    private AsyncResourceGuard<String> open(String name, Cleanup<? super String> cleanup) {
        return registry.<String>request("text", () -> name, cleanup).name(name).acquire();
    }

    private AsyncResourceGuard<String> open(String name) {
        return open(name, text -> note("cleaned " + text));
    }

    private void exit() {
        open("guard");
        System.exit(3);
    }

    private void halt() {
        open("guard");
        Runtime.getRuntime().halt(4);
    }

    private void await() throws InterruptedException {
        open("guard");
        note("ready");
        new CountDownLatch(1).await();
    }

    private AsyncResourceGuard<String> exitInCleanup() {
        open("other");
        return open("exits", text -> System.exit(5));
    }

    private void blockInNativeCode(Path pipe, boolean platform) throws Exception {
        List<AsyncResourceGuard<String>> blocking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            var request =
                    registry.<String>request(
                                    "pipe",
                                    () -> "pipe",
                                    text -> {
                                        try (var input = new FileInputStream(pipe.toFile())) {
                                            note("read " + input.read());
                                        }
                                    })
                            .name("pipe");
            blocking.add((platform ? request.onPlatformThread() : request).acquire());
        }
        AsyncResourceGuard<String> other = open("other");
        var outcomes = blocking.stream().map(AsyncResourceGuard::cleanup).toList();
        note("other " + other.cleanup().get(20, TimeUnit.SECONDS));
        for (var outcome : outcomes) {
            note("pipe " + outcome.get(20, TimeUnit.SECONDS));
        }
        note("stuck " + registry.stuck().size());
        note("open " + registry.close(Duration.ofSeconds(5)).balance().open());
        Runtime.getRuntime().halt(0);
    }

    private void runOutOfMemory() throws Exception {
        Cleanup<String> greedy =
                text -> {
                    List<long[]> all = new ArrayList<>();
                    for (int size = 1 << 20; true; ) {
                        all.add(new long[size]);
                    }
                };
        AsyncResourceGuard<String> here = open("here", greedy);
        try {
            here.close();
        } catch (OutOfMemoryError e) {
            note("thrown");
        }
        note("engine " + open("engine", greedy).cleanup().get(20, TimeUnit.SECONDS));
        open("after").close();
        note("after " + open("after").cleanup().get(20, TimeUnit.SECONDS));
        note("failed " + registry.balance().failed() + ", holds " + registry.balance().holds());
        note("complete " + registry.close(Duration.ofSeconds(5)).complete());
    }
}
