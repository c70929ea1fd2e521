package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.PooledConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Claim: whichever call of the manager fails, no object and no room is lost. The same story is run
/// again and again, with the first, the second, the third... call failing.
@ExtendWith(BrokenThreads.class)
class KeyedEveryFaultTest {

    /// Fails the n-th call of any of its methods.
    private static final class FailsOnce extends KeyedThings<String> {
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
        @Nullable Thing creating(String key) throws Exception {
            call();
            return super.creating(key);
        }

        @Override
        boolean validating(String key, Thing thing) throws Exception {
            call();
            return true;
        }

        @Override
        void recycling(String key, Thing thing) throws Exception {
            call();
        }

        @Override
        void destroying(String key, Thing thing) throws Exception {
            call();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manager_failsTheNthCall_nothingIsLost(boolean withError) {
        int n = 1;
        for (boolean struck = true; struck; n++) {
            FailsOnce manager = new FailsOnce(n, withError);
            KeyedPool<String, Thing> pool =
                    KeyedAudit.builder(manager)
                            .name("fails-at-" + n)
                            .maxTotal(2)
                            .keyPasses(0)
                            .eachKey(each ->
                                    each.striping(Pools.STRIPING).validationBypass(Duration.ZERO))
                            .build();
            tell(pool);
            manager.armed = false;
            KeyedAudit.atRest(pool, manager);
            KeyedAudit.wholeRoom(pool, "whole");
            KeyedAudit.atRest(pool, manager);
            manager.armed = true;
            KeyedAudit.closed(pool, manager);
            struck = manager.calls.get() >= n;
        }
        assertThat(n).as("calls in the story").isGreaterThan(15);
    }

    /// More keys than objects, so that objects move, by every way to borrow.
    private static void tell(KeyedPool<String, Thing> pool) {
        List<PooledConnection<Thing>> out = new ArrayList<>();
        attempt(() -> out.add(pool.acquire("a", SOON)));
        attempt(() -> out.add(pool.acquireAsync("b", SOON).join()));
        CompletableFuture<PooledConnection<Thing>> queued = pool.acquireAsync("c", SOON);
        CompletableFuture<PooledConnection<Thing>> behind = pool.acquireAsync("a", SOON);
        out.forEach(lease -> attempt(lease::close));
        attempt(() -> queued.thenAccept(PooledConnection::close).join());
        attempt(() -> behind.thenAccept(PooledConnection::close).join());
        attempt(() -> pool.tryAcquire("b").ifPresent(PooledConnection::close));
        attempt(() -> {
            try (PooledConnection<Thing> lease = pool.acquire("c", SOON)) {
                lease.expire();
            }
        });
        attempt(() -> pool.use("d", thing -> thing.note++));
    }

    private static void attempt(Runnable part) {
        try {
            part.run();
        } catch (PatinoxException | CompletionException | Fault.Broken expected) {
            // The fault of this run; what counts is the state afterwards.
        }
    }
}
