package io.patinox.tidy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.patinox.memory.error.ErrorCode;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.error.RecoveryStrategy.CircuitBreak;
import io.patinox.memory.error.RecoveryStrategy.Fail;
import io.patinox.memory.error.RecoveryStrategy.Fallback;
import io.patinox.memory.error.RecoveryStrategy.Retry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The page of all error codes, made from the enums themselves. An integration that brings an enum
/// of its own gets a section of its own.
final class ErrorCodeTable {

    static final String PATH = "docs/errors.md";

    private static final String INTRODUCTION =
            """
            # Error codes

            <!-- Generated from the enums that implement ErrorCode. Change those, not this page: the
            test that finds it stale prints the command that rewrites it. -->

            Every exception of the library is a `PatinoxException` with one of these codes. What to
            do with the strategies is in the [guide](guide/errors.md). Codes never change and are
            never reused; new ones may appear in any release.

            A code whose strategy is *that of its cause* only carries another failure. If nothing is
            known about that one, the strategy is Fail. An `Error` or an interruption anywhere among
            the causes means Fail, whatever the code.
            """;

    private ErrorCodeTable() {}

    /// The enums with error codes on the class path, those of the library itself first.
    static List<Class<?>> enums() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.patinox")
                        .stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(ErrorCode.class))
                        .map(JavaClass::reflect)
                        .sorted(
                                Comparator.comparing(ErrorCodeTable::isOfIntegration)
                                        .thenComparing(Class::getName))
                        .collect(Collectors.toList());
    }

    private static boolean isOfIntegration(Class<?> type) {
        return !type.getName().startsWith("io.patinox.memory.");
    }

    static String page(List<Class<?>> enums) {
        return INTRODUCTION
                + enums.stream().map(ErrorCodeTable::section).collect(Collectors.joining());
    }

    private static String section(Class<?> type) {
        String rows =
                Arrays.stream(type.getEnumConstants())
                        .map(ErrorCode.class::cast)
                        .map(ErrorCodeTable::row)
                        .collect(Collectors.joining());
        return "\n## "
                + type.getSimpleName()
                + "\n\nPackage `"
                + type.getPackageName()
                + "`.\n\n| code | what happened | what to do | strategy |\n|---|---|---|---|\n"
                + rows;
    }

    private static String row(ErrorCode code) {
        String strategy = code.wrapper() ? "that of its cause" : words(code.strategy());
        return "| `%s` | %s | %s | %s |\n"
                .formatted(code.id(), cell(code.summary()), cell(code.remedy()), strategy);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String words(RecoveryStrategy strategy) {
        return cell(
                switch (strategy) {
                    case Retry retry ->
                            "Retry after "
                                    + words(retry.after())
                                    + ", up to "
                                    + retry.maxAttempts()
                                    + " times"
                                    + (retry.onlyIfIdempotent() ? ", if idempotent" : "");
                    case Fallback fallback -> "Fallback: " + fallback.hint();
                    case CircuitBreak open -> "CircuitBreak for " + words(open.openFor());
                    case Fail fail -> "Fail: " + fail.reason();
                });
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1_000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }
}
