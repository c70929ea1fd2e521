package io.patinox.architecture.samples;

import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/// Everything that a library does not do in somebody else's process.
public class Habits {
    private final ThreadLocal<String> local = new ThreadLocal<>();
    private final Logger logger = Logger.getLogger("habits");

    void print() {
        System.out.println(local.get());
    }

    void log() {
        logger.info("log");
    }

    void sleep() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }

    synchronized void lock() {
        throw new IllegalStateException("typed");
    }

    @SuppressWarnings({"removal", "deprecation"})
    int unsafe() {
        return sun.misc.Unsafe.ADDRESS_SIZE + new Object().hashCode();
    }

    void fail(sun.misc.Unsafe unsafe) {
        throw new RuntimeException(unsafe.toString());
    }

    /// Allowed: nobody else sees it.
    static final class Private {
        synchronized void lock() {}
    }

    /// Allowed: its constructor calls that of the generic one.
    static final class Typed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
