package io.patinox.testkit;

import io.patinox.memory.resource.LeakReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What people read of leaks.
final class LeakText {
    private static final int FRAMES_MAX = 12;
    private static final String LIBRARY = "io.patinox.memory.";
    private static final List<String> RUNNERS = List.of("org.junit.", "jdk.internal.reflect.");

    private LeakText() {}

    /// The message of a failure.
    ///
    /// @param leaks what leaked, each with words on whose it is
    static String message(List<Leak> leaks) {
        StringBuilder text = new StringBuilder();
        text.append(leaks.size() == 1 ? "1 resource" : leaks.size() + " resources");
        text.append(" leaked: guards became unreachable before they were closed");
        for (Leak leak : leaks) {
            LeakReport report = leak.report();
            text.append("\n- '").append(report.name());
            text.append("' of type '").append(report.type());
            text.append("' of registry '").append(report.registry());
            text.append("', found ").append(age(report.age())).append(" after it was acquired");
            text.append(leak.whose()).append(", at");
            place(report).forEach(frame -> text.append("\n      ").append(frame));
        }
        text.append("\nClose each guard, best by try-with-resources or a scope.");
        return text.toString();
    }

    private static String age(Duration age) {
        long millis = age.toMillis();
        return millis < 10_000 ? millis + " ms" : millis / 1_000 + " s";
    }

    /// The frames between the library and what runs the test.
    private static Stream<String> place(LeakReport report) {
        StackTraceElement[] frames =
                report.site().map(Throwable::getStackTrace).orElse(new StackTraceElement[0]);
        List<String> own =
                Arrays.stream(frames)
                        .dropWhile(frame -> frame.getClassName().startsWith(LIBRARY))
                        .takeWhile(frame ->
                                RUNNERS.stream().noneMatch(frame.getClassName()::startsWith))
                        .map(StackTraceElement::toString)
                        .toList();
        if (own.isEmpty()) {
            return Stream.of("a place that is not known");
        }
        return own.size() <= FRAMES_MAX
                ? own.stream()
                : Stream.concat(own.stream().limit(FRAMES_MAX), Stream.of("..."));
    }

    /// A leak, and words on whose it is.
    ///
    /// @param report what is known of it
    /// @param whose empty if the failure says it by where it is
    record Leak(LeakReport report, String whose) {}
}
