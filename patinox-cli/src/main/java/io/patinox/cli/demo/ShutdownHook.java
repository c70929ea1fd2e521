package io.patinox.cli.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Holds up the end of the JVM until the demo has closed what it opened and has reported.
final class ShutdownHook implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    private ShutdownHook(StopSignal stop) {
        thread =
                Thread.ofPlatform()
                        .name("patinox-demo-stop")
                        .unstarted(() -> {
                            stop.request();
                            awaitEnd();
                        });
    }

    static ShutdownHook install(StopSignal stop) {
        var hook = new ShutdownHook(stop);
        Runtime.getRuntime().addShutdownHook(hook.thread);
        return hook;
    }

    private void awaitEnd() {
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /// The demo has ended: nothing holds the JVM any more.
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException shuttingDown) {
            return; // then it has done its work
        }
    }
}
