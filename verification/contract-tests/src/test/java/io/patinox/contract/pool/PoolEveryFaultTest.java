package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Claim: whichever call of the manager fails, nothing is lost. The same story is run again and
/// again, with the first, the second, the third... call failing, until it passes without a fault.
@ExtendWith(BrokenThreads.class)
class PoolEveryFaultTest {

    /// Fails the n-th call of any of its methods.
    private static final class FailsOnce extends Things {
        final AtomicInteger calls = new AtomicInteger();
        volatile boolean armed = true;
        private final int at;
        private final boolean withError;

        FailsOnce(int at, boolean withError) {
            this.at = at;
            this.withError = withError;
        }

        private void call() throws IOException {
            if (armed && calls.incrementAndGet() == at) {
                if (withError) {
                    throw new Fault.Broken();
                }
                throw new IOException("call " + at);
            }
        }

        @Override
        @Nullable Thing creating() throws Exception {
            call();
            return super.creating();
        }

        @Override
        boolean validating(Thing thing) throws Exception {
            call();
            return true;
        }

        @Override
        void recycling(Thing thing) throws Exception {
            call();
        }

        @Override
        void destroying(Thing thing) throws Exception {
            call();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manager_failsTheNthCall_nothingIsLost(boolean withError) {
        int n = 1;
        for (boolean struck = true; struck; n++) {
            FailsOnce manager = new FailsOnce(n, withError);
            Pool<Thing> pool =
                    Pools.builder(manager)
                            .name("fails-at-" + n)
                            .maxSize(3)
                            .minSize(1)
                            .validationBypass(Duration.ZERO)
                            .build();
            tell(pool);
            Audit.atRest(pool);
            manager.armed = false;
            Audit.wholeCapacity(pool);
            Audit.atRest(pool);
            manager.armed = true;
            Audit.closed(pool, manager);
            struck = manager.calls.get() >= n;
        }
        assertThat(n).as("calls in the story").isGreaterThan(15);
    }

    /// The same with every way in which objects come into being.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manager_failsTheNthCallOfTheStart_nothingIsLost(boolean withError) {
        int n = 1;
        for (boolean struck = true; struck; n++) {
            FailsOnce manager = new FailsOnce(n, withError);
            Pool<Thing> pool =
                    Pools.builder(manager)
                            .name("starts-at-" + n)
                            .maxSize(4)
                            .minSize(1)
                            .initialSize(2)
                            .startTimeout(SOON)
                            .failFastAfter(1)
                            .createBackoff(Duration.ofMillis(1), Duration.ofMillis(1))
                            .validationBypass(Duration.ZERO)
                            .build();
            assertThat(pool.size()).isGreaterThanOrEqualTo(2);
            attempt(() -> pool.warmUp(3).join());
            attempt(() -> {
                try (PooledConnection<Thing> one = pool.acquire(SOON);
                        PooledConnection<Thing> two = pool.acquire(SOON)) {
                    one.expire();
                    two.expire();
                }
            });
            attempt(() -> pool.warmUp(4).join());
            attempt(() -> pool.acquireAsync(SOON).thenAccept(PooledConnection::close).join());
            manager.armed = false;
            Audit.wholeCapacity(pool);
            Audit.atRest(pool);
            manager.armed = true;
            Audit.closed(pool, manager);
            struck = manager.calls.get() >= n;
        }
        assertThat(n).as("calls in the story").isGreaterThan(10);
    }

    /// Every way to borrow and to give back.
    private static void tell(Pool<Thing> pool) {
        List<PooledConnection<Thing>> out = new ArrayList<>();
        attempt(() -> out.add(pool.acquire(SOON)));
        attempt(() -> out.add(pool.acquireAsync(SOON).join()));
        attempt(() -> out.add(pool.acquire()));
        out.forEach(lease -> attempt(lease::close));
        attempt(() -> pool.tryAcquire().ifPresent(PooledConnection::close));
        attempt(() -> {
            try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                lease.expire();
            }
        });
        attempt(() -> pool.use(thing -> thing.note++));
        attempt(() -> pool.acquireAsync().thenAccept(PooledConnection::close).join());
    }

    private static void attempt(Runnable part) {
        try {
            part.run();
        } catch (PatinoxException | CompletionException | Fault.Broken expected) {
            // The fault of this run; what counts is the state afterwards.
        }
    }
}
