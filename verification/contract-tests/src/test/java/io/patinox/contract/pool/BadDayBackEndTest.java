package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Fault.Call;
import io.patinox.contract.pool.Fault.Faulty;
import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolCreateException;
import io.patinox.memory.error.PoolCreateTimeoutException;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.PooledConnection;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: whatever the back end does, borrowers get an answer by their deadline that says why, the
/// back end isn't stormed, and when it is well again the pool is.
@ExtendWith(BrokenThreads.class)
@Timeout(60)
class BadDayBackEndTest {
    private static final int CROWD = 20;

    @ParameterizedTest
    @EnumSource
    void backEnd_downAtBorrow_isSaidByTheDeadlineWithoutAStorm(Threads.Kind kind)
            throws InterruptedException {
        Faulty manager = new Faulty(Call.CREATE, Fault.THROWS);
        manager.active = true;
        Scene scene = new Scene(kind, manager, builder -> builder);
        Duration patience = Scene.LIMIT.multipliedBy(6);
        scene.threads.start(
                CROWD,
                me ->
                        Scene.endsAtItsDeadline(
                                patience,
                                () ->
                                        assertThatThrownBy(() -> scene.pool.acquire(patience))
                                                .isInstanceOf(PoolAcquireTimeoutException.class)
                                                .cause()
                                                .isInstanceOf(PoolCreateException.class)
                                                .cause()
                                                .isInstanceOf(IOException.class)));
        scene.threads.join();
        // With pauses of 20 ms that double, even the luckiest draws leave room for few attempts.
        assertThat(scene.log.of(MonitorEvent.CreateFailed.class)).hasSizeBetween(1, 3 * CROWD);
        manager.heal();
        scene.endsWell();
    }

    @ParameterizedTest
    @EnumSource
    void backEnd_downAtStart_fillsThePoolWhenItComes(Threads.Kind kind)
            throws InterruptedException {
        Faulty manager = new Faulty(Call.CREATE, Fault.THROWS_AN_ERROR);
        manager.active = true;
        Scene scene = new Scene(kind, manager, builder -> builder.minSize(2));
        eventually().until(() -> scene.pool.health().status() == Health.Status.DOWN);
        manager.heal();
        eventually().until(() -> scene.pool.size() == 2);
        assertThat(scene.pool.health().status()).isEqualTo(Health.Status.UP);
        scene.endsWell();
    }

    @ParameterizedTest
    @EnumSource
    void backEnd_swallowsConnects_costsNobodyMoreThanTheDeadline(Threads.Kind kind)
            throws InterruptedException {
        Faulty manager = new Faulty(Call.CREATE, Fault.HANGS);
        manager.active = true;
        Scene scene = new Scene(kind, manager, builder -> builder);
        Duration patience = Scene.LIMIT.multipliedBy(3);
        scene.threads.start(
                2,
                me ->
                        Scene.endsAtItsDeadline(
                                patience,
                                () ->
                                        assertThatThrownBy(() -> scene.pool.acquire(patience))
                                                .isInstanceOf(PoolAcquireTimeoutException.class)
                                                .cause()
                                                .cause()
                                                .isInstanceOf(PoolCreateTimeoutException.class)));
        scene.threads.join();
        manager.heal();
        scene.endsWell();
    }

    @ParameterizedTest
    @EnumSource
    void backEnd_swallowsValidations_costsNobodyMoreThanTheDeadline(Threads.Kind kind)
            throws InterruptedException {
        Faulty manager = new Faulty(Call.VALIDATE, Fault.HANGS);
        Scene scene =
                new Scene(
                        kind,
                        manager,
                        builder ->
                                builder.validationBypass(Duration.ZERO)
                                        .validationTimeout(Duration.ofMinutes(1)));
        Audit.wholeCapacity(scene.pool);
        manager.active = true;
        scene.threads.start(
                4,
                me ->
                        Scene.endsAtItsDeadline(
                                Scene.LIMIT,
                                () ->
                                        assertThatThrownBy(() -> scene.pool.acquire(Scene.LIMIT))
                                                .isInstanceOf(PoolAcquireTimeoutException.class)));
        scene.threads.join();
        manager.heal();
        scene.endsWell();
    }

    @ParameterizedTest
    @EnumSource
    void backEnd_slow_letsWaitersHaveWhatComesBack(Threads.Kind kind) throws InterruptedException {
        Faulty manager = new Faulty(Call.CREATE, Fault.HANGS);
        Scene scene =
                new Scene(kind, manager, builder -> builder.createTimeout(Duration.ofMinutes(1)));
        PooledConnection<Thing> held = scene.pool.acquire(SOON);
        manager.active = true;
        Thing only = held.connection();
        scene.threads.start(() -> {
            try (PooledConnection<Thing> lease = scene.pool.acquire(SOON)) {
                assertThat(lease.connection()).isSameAs(only);
            }
        });
        eventually().until(() -> scene.pool.waiting() == 1 && scene.pool.creating() == 1);
        held.close();
        scene.threads.join();
        manager.heal();
        scene.endsWell();
    }

    @ParameterizedTest
    @EnumSource
    void backEnd_dropsIdleConnections_isNoticedBeforeAnybodyGetsOne(Threads.Kind kind)
            throws InterruptedException {
        ManualTicker ticker = new ManualTicker();
        Faulty manager = new Faulty(Call.VALIDATE, Fault.SAYS_NO);
        Scene scene = new Scene(kind, manager, builder -> builder.ticker(ticker));
        Audit.wholeCapacity(scene.pool);
        manager.active = true;
        ticker.advance(Duration.ofMinutes(5));
        scene.threads.start(() ->
                eventually()
                        .until(() -> {
                            Thing got = scene.pool.use(thing -> thing);
                            assertThat(got.destroyed).hasValue(0);
                            return retiredAsInvalid(scene) > 0;
                        }));
        scene.threads.join();
        manager.heal();
        scene.endsWell();
    }

    private static long retiredAsInvalid(Scene scene) {
        return scene.pool.metrics().counters().get("pool.retired.invalid");
    }
}
