package io.patinox.testkit.samples;

import static io.patinox.testkit.samples.Leaky.acquire;
import static io.patinox.testkit.samples.Leaky.leak;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.testkit.FailOnLeak;
import io.patinox.testkit.LeakExtension;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Leaks around tests: before, after, and of what lives longer than one.
public final class Around {
    private Around() {}

    @FailOnLeak
    public static class BeforeAndAfterAll {
        @BeforeAll
        static void before() {
            leak("before all");
        }

        @AfterAll
        static void after() {
            leak("after all");
        }

        @Test
        void innocent() {}
    }

    @FailOnLeak
    public static class BeforeAndAfterEach {
        @BeforeEach
        void before() {
            leak("before each");
        }

        @AfterEach
        void after() {
            leak("after each");
        }

        @Test
        void innocent() {}
    }

    @ExtendWith(LeakExtension.class)
    public static class Making {
        {
            leak("making");
        }

        @Test
        void innocent() {}
    }

    public static class InAField {
        @RegisterExtension
        static final LeakExtension LEAKS = LeakExtension.withPatience(Duration.ofSeconds(3));

        private @Nullable AsyncResourceGuard<String> kept;

        @Test
        @Order(1)
        void keeps() {
            kept = acquire("in a field");
        }

        @Test
        @Order(2)
        void innocent() {}
    }

    @FailOnLeak
    public static class InAClosedField {
        @AutoClose private final AsyncResourceGuard<String> kept = acquire("closed");

        @Test
        void innocent() {
            kept.use(String::length);
        }
    }

    @FailOnLeak
    public static class Passed {
        private static @Nullable AsyncResourceGuard<String> passed;

        @Test
        @Order(1)
        void acquires() {
            passed = acquire("passed on");
        }

        @Test
        @Order(2)
        void loses() {
            passed = null;
        }
    }

    @FailOnLeak
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    public static class OneInstance {
        private @Nullable AsyncResourceGuard<String> kept;

        @Test
        void keeps() {
            kept = acquire("of the instance");
        }
    }
}
