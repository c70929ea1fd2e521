package io.patinox.stress;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/// **Claim.** The operations on a guard are linearizable: each answers as if they came one after
/// the other, with [Model] as the guard; the number of cleanups is part of the answer.
///
/// Stress only: a cleanup may run on another thread than those that Lincheck controls.
class GuardLinearizabilityTest {
    @Test
    void guard_anyOperations_isLinearizable() {
        boolean full = "stress".equals(System.getProperty("patinox.ring"));
        new StressOptions()
                .iterations(full ? 200 : 20)
                .invocationsPerIteration(full ? 2_000 : 200)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(1)
                .minimizeFailedScenario(false)
                .sequentialSpecification(Model.class)
                .check(Guard.class);
    }

    /// A guard of the library.
    public static final class Guard {
        private static final ResourceRegistry REGISTRY =
                ResourceRegistry.builder("lincheck").siteSampling(0).build();

        private final AtomicInteger cleanups = new AtomicInteger();
        private final AsyncResourceGuard<AtomicInteger> guard =
                REGISTRY.acquire("counter", () -> cleanups, AtomicInteger::incrementAndGet);

        @Operation
        public String close() {
            try {
                guard.close();
                return "closed " + cleanups;
            } catch (CleanupFailedException e) {
                return "failed";
            }
        }

        @Operation
        public String closeWithin() {
            return guard.close(Duration.ofMinutes(1)) + " " + cleanups;
        }

        @Operation
        public String cleanup() {
            return guard.cleanup().join() + " " + cleanups;
        }

        @Operation
        public String detach() {
            try {
                return "detached " + (guard.detach() == cleanups);
            } catch (ResourceClosedException e) {
                return "refused";
            }
        }

        @Operation
        public String get() {
            try {
                return "got " + (guard.get() == cleanups);
            } catch (ResourceClosedException e) {
                return "refused";
            }
        }

        @Operation
        public boolean isOpen() {
            return guard.isOpen();
        }
    }

    /// What a guard is, one operation at a time.
    public static final class Model {
        private boolean open = true;
        private boolean detached;
        private int cleanups;

        private void end() {
            if (open) {
                open = false;
                cleanups++;
            }
        }

        public String close() {
            end();
            return "closed " + cleanups;
        }

        public String closeWithin() {
            end();
            return (detached ? "DETACHED " : "CLEANED ") + cleanups;
        }

        public String cleanup() {
            return closeWithin();
        }

        public String detach() {
            if (!open) {
                return "refused";
            }
            open = false;
            detached = true;
            return "detached true";
        }

        public String get() {
            return open ? "got true" : "refused";
        }

        public boolean isOpen() {
            return open;
        }
    }
}
