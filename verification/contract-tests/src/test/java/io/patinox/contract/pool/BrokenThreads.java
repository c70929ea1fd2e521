package io.patinox.contract.pool;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Keeps the output of a test readable in which an `Error` of the manager ends background threads,
/// as it should: those errors are expected, all others are still shown.
final class BrokenThreads implements BeforeAllCallback, AfterAllCallback {
    private @Nullable UncaughtExceptionHandler before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (!(thrown instanceof Fault.Broken)) {
                thrown.printStackTrace();
            }
        });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
