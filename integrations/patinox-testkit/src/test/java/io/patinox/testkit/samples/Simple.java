package io.patinox.testkit.samples;

import static io.patinox.testkit.samples.Leaky.acquire;
import static io.patinox.testkit.samples.Leaky.leak;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.patinox.memory.resource.LeakPolicy;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.testkit.FailOnLeak;
import io.patinox.testkit.LeakAssertions;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests that leak, or don't, in their own methods.
public final class Simple {
    private Simple() {}

    @FailOnLeak
    public static class Mixed {
        @Test
        @Order(1)
        void leaksTwice() {
            leak("first");
            leak("second");
        }

        @Test
        @Order(2)
        void closes() {
            acquire("closed").close();
        }

        @Test
        @Order(3)
        void uses() {
            try (var guard = acquire("used")) {
                guard.use(String::length);
            }
        }

        @Test
        @Order(4)
        void leaksToo() {
            leak("third");
        }
    }

    @FailOnLeak
    public static class Unhappy {
        @Test
        void leaksAndFails() {
            leak("lost");
            fail("on its own");
        }

        @Test
        void leaksAndAborts() {
            leak("lost");
            abort("not here");
        }

        @Test
        void leaksAndInterrupts() {
            leak("lost");
            Thread.currentThread().interrupt();
        }
    }

    public static class OneMethod {
        @Test
        void unwatched() {
            leak("unwatched");
        }

        @Test
        @FailOnLeak(patienceMillis = 1_000)
        void watched() {
            leak("watched");
        }

        @Test
        @FailOnLeak
        void innocent() {}
    }

    @FailOnLeak
    public static class ClosesItsRegistry {
        @Test
        void leaksFromItsOwn() {
            try (ResourceRegistry own = Leaky.open(LeakPolicy.FAIL_TESTS)) {
                lose(own);
            }
        }

        private static void lose(ResourceRegistry own) {
            var _ = acquire(own, "of its own");
        }

        @Test
        void leavesItToTheRegistry() {
            ResourceRegistry own = Leaky.open(LeakPolicy.FAIL_TESTS);
            var kept = acquire(own, "kept");
            own.close();
            kept.close();
        }
    }

    @FailOnLeak
    public static class Expected {
        @Test
        void checksItself() throws Exception {
            LeakAssertions.assertCollectable(() -> acquire("dropped on purpose"));
        }
    }

    public static class Derived extends Mixed {
        @Nested
        class Inner {
            @Test
            void leaksInside() {
                leak("inside");
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void leaksPerhaps(boolean leaks) {
            if (leaks) {
                leak("perhaps");
            }
        }

        @TestFactory
        Stream<DynamicTest> leaksAmongMany() {
            return Stream.of(
                    DynamicTest.dynamicTest("one", () -> leak("of one")),
                    DynamicTest.dynamicTest("none", () -> {}));
        }
    }

    @FailOnLeak(patienceMillis = 0)
    public static class Impatient {
        @Test
        void never() {}
    }
}
