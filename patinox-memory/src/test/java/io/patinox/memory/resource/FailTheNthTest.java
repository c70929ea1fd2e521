package io.patinox.memory.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.error.PatinoxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Fails the n-th foreign call of a fixed scenario, for every n until none is left to fail: the
/// suppliers, the clock that registration reads, and the cleanups.
class FailTheNthTest {
    private enum Way {
        EXCEPTION,
        ERROR,
        INTERRUPTED
    }

    private static final class Faults {
        private int left;
        private final Way way;
        private boolean hit;

        Faults(int nth, Way way) {
            this.left = nth;
            this.way = way;
        }

        synchronized void step() throws Exception {
            if (--left != 0) {
                return;
            }
            hit = true;
            switch (way) {
                case EXCEPTION -> throw new IllegalStateException("on purpose");
                case ERROR -> throw new LinkageError("on purpose, by a test");
                case INTERRUPTED -> throw new InterruptedException("on purpose");
            }
        }

        long nanos() {
            try {
                step();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return System.nanoTime();
        }
    }

    @Test
    void everyStep_failing_losesNothing() {
        for (Way way : Way.values()) {
            int n = 1;
            while (run(new Faults(n, way))) {
                n++;
            }
            assertThat(n).as("steps").isGreaterThan(20);
        }
    }

    private static boolean run(Faults faults) {
        Set<Integer> opened = new HashSet<>();
        Set<Integer> cleanedOrTried = new HashSet<>();
        ResourceRegistry registry;
        try {
            registry =
                    ResourceRegistry.builder("nth").ticker(faults::nanos).siteSampling(1).build();
        } catch (IllegalStateException | LinkageError e) {
            return faults.hit; // whoever called was told, and nothing is open yet
        }
        for (int i = 0; i < 5; i++) {
            int id = i;
            try {
                AsyncResourceGuard<Integer> guard =
                        registry.acquire(
                                "r",
                                () -> {
                                    faults.step();
                                    opened.add(id);
                                    return id;
                                },
                                r -> {
                                    assertThat(cleanedOrTried.add(r)).as("once").isTrue();
                                    faults.step();
                                });
                if (id == 1) {
                    assertThat(cleanedOrTried.add(guard.detach())).isTrue();
                } else if (id != 2) {
                    guard.close();
                }
            } catch (PatinoxException | IllegalStateException | LinkageError e) {
                // whoever called was told
            }
            Thread.interrupted();
        }
        CloseReport report = registry.close(Duration.ofSeconds(20));

        assertThat(cleanedOrTried).isEqualTo(opened);
        assertThat(report.balance().holds()).as(report.toString()).isTrue();
        assertThat(report.balance().open()).isZero();
        assertThat(report.balance().acquired()).isEqualTo(opened.size());
        assertThat(report.balance().failed()).isLessThanOrEqualTo(1);
        return faults.hit;
    }
}
