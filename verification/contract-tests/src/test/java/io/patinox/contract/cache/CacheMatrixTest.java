package io.patinox.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.cache.Cache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Claim: whatever is done to a cache of whatever kind, by one thread or several, in the end the
/// books are right ([Audit]). The seed of a failed run stands in the failure.
///
/// By default a sample of the matrix is tested, another one each time, in which each policy meets
/// each bound; `-Dpatinox.matrix=full` tests all of it.
class CacheMatrixTest {

    private static final boolean FULL = "full".equals(System.getProperty("patinox.matrix"));
    private static final int STEPS = 2_000;
    private static final int THREADS = 3;

    static List<Setup> setups() {
        List<Setup> all = new ArrayList<>(Setup.all());
        if (FULL) {
            return all;
        }
        Collections.shuffle(all, ThreadLocalRandom.current());
        List<Setup> sample = new ArrayList<>();
        for (Setup setup : all) {
            if (sample.stream()
                    .noneMatch(
                            s -> s.policy().equals(setup.policy()) && s.bound() == setup.bound())) {
                sample.add(setup);
            }
        }
        return sample;
    }

    @ParameterizedTest
    @MethodSource("setups")
    void books_anyOperationsOfOneThread_areRight(Setup setup) throws InterruptedException {
        play(setup, 1);
    }

    @ParameterizedTest
    @MethodSource("setups")
    void books_anyOperationsOfSeveralThreads_areRight(Setup setup) throws InterruptedException {
        play(setup, THREADS);
    }

    private static void play(Setup setup, int crowd) throws InterruptedException {
        long seed = ThreadLocalRandom.current().nextLong();
        Witness witness = new Witness();
        Values values = new Values();
        try (Cache<String, String> cache = setup.build(Setup.SMALL, witness)) {
            for (int phase = 0; phase < 2; phase++) {
                int from = phase * crowd;
                Threads threads = new Threads(Threads.Kind.PLATFORM);
                threads.start(
                        crowd,
                        me -> {
                            Random random = new Random(seed + from + me);
                            Play play = new Play(cache, witness, 3 * Setup.SMALL, random, values);
                            for (int i = 0; i < STEPS; i++) {
                                play.step();
                            }
                        });
                threads.join();
                Audit.atRest(cache, setup, witness, values);
            }
            cache.invalidateAll();
            Audit.atRest(cache, setup, witness, values);
            assertThat(cache.size()).isZero();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(setup + ", seed " + seed, e);
        }
    }
}
