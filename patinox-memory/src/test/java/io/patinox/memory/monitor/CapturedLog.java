package io.patinox.memory.monitor;

import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A logger that keeps its lines.
public final class CapturedLog implements System.Logger {

    public record Line(Level level, String text, @Nullable Throwable thrown) {}

    public final List<Line> lines = new CopyOnWriteArrayList<>();
    public Level threshold = Level.ALL;

    @Override
    public String getName() {
        return "captured";
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.getSeverity() >= threshold.getSeverity();
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
        lines.add(new Line(level, text, thrown));
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, String format, Object... params) {
        throw new AssertionError("messages are no formats");
    }
}
