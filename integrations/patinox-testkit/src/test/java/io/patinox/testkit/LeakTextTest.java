package io.patinox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.resource.LeakReport;
import io.patinox.testkit.LeakText.Leak;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeakTextTest {

    @Test
    void message_ofOne_saysWhatWhenWhoseAndWhere() {
        Throwable site = new Throwable();
        site.setStackTrace(
                new StackTraceElement[] {
                    frame("io.patinox.memory.resource.ResourceRegistry"),
                    frame("com.acme.Journal"),
                    frame("com.acme.JournalTest"),
                    frame("jdk.internal.reflect.DirectMethodHandleAccessor"),
                    frame("com.acme.Runner")
                });

        assertThat(message(Duration.ofMillis(9_999), site))
                .isEqualTo(
                        """
                        1 resource leaked: guards became unreachable before they were closed
                        - 'a' of type 'file' of registry 'orders', found 9999 ms after it was \
                        acquired by X.x(), at
                              com.acme.Journal.run(Some.java:1)
                              com.acme.JournalTest.run(Some.java:1)
                        Close each guard, best by try-with-resources or a scope.\
                        """);
    }

    @Test
    void message_withoutPlace_saysSo() {
        assertThat(message(Duration.ofSeconds(10), null))
                .contains("found 10 s after", "      a place that is not known\n");
    }

    @Test
    void message_deepPlace_isCut() {
        Throwable site = new Throwable();
        site.setStackTrace(
                IntStream.range(0, 13)
                        .mapToObj(i -> frame("com.acme.Deep" + i))
                        .toArray(StackTraceElement[]::new));

        assertThat(message(Duration.ZERO, site))
                .contains("com.acme.Deep11.run(Some.java:1)\n      ...\n")
                .doesNotContain("Deep12");
    }

    private static String message(Duration age, Throwable site) {
        LeakReport report =
                new LeakReport("orders", "file", "a", age, 0, Optional.ofNullable(site));
        return LeakText.message(List.of(new Leak(report, " by X.x()")));
    }

    private static StackTraceElement frame(String type) {
        return new StackTraceElement(type, "run", "Some.java", 1);
    }
}
