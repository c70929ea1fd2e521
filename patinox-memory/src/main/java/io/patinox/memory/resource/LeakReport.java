package io.patinox.memory.resource;

import java.time.Duration;
import java.util.Optional;

/// A resource whose guard became unreachable without having been closed. Holds nothing of either.
///
/// @param registry the name of its registry
/// @param type its type
/// @param name its name; if it had none, one made from the type
/// @param age how long ago it was acquired when the leak was found, by the registry's ticker
/// @param acquiredNanos when it was acquired, on the clock of [System#nanoTime()], whatever the
///   registry's ticker; if its place was not sampled, worked out from the age
/// @param site where it was acquired, if that was sampled
public record LeakReport(
        String registry,
        String type,
        String name,
        Duration age,
        long acquiredNanos,
        Optional<Throwable> site) {
    @Override
    public String toString() {
        return "resource '"
                + name
                + "' of type '"
                + type
                + "' of registry '"
                + registry
                + "' leaked "
                + age
                + " after it was acquired"
                + site.map(LeakReport::place).orElse(", at a place that was not sampled");
    }

    private static String place(Throwable site) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : site.getStackTrace()) {
            text.append("\n    at ").append(frame);
        }
        return text.toString();
    }
}
