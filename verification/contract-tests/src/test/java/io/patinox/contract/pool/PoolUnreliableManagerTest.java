package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.contract.pool.Fault.Broken;
import io.patinox.contract.pool.Fault.Call;
import io.patinox.contract.pool.Fault.Faulty;
import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolCreateException;
import io.patinox.memory.error.PoolCreateTimeoutException;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Claim: whatever a manager's method does wrong, the deadline of the borrower is kept, the failure
/// is reported with its cause, no capacity is lost, and the pool lives on.
@ExtendWith(BrokenThreads.class)
@Timeout(60)
class PoolUnreliableManagerTest {
    private static final Duration LIMIT = Duration.ofMillis(100);
    private final EventLog log = new EventLog();
    private final ResourceRegistry registry =
            ResourceRegistry.builder("unreliable").monitor(log).cleanupDeadline(LIMIT).build();

    static Stream<Arguments> faults() {
        return Stream.of(Threads.Kind.values())
                .flatMap(kind -> Stream.of(Fault.values()).map(f -> Arguments.of(f, kind)));
    }

    private Pool<Thing> pool(Faulty manager) {
        return Pools.builder(manager)
                .name("unreliable")
                .maxSize(2)
                .createTimeout(limit(manager))
                .validationTimeout(limit(manager))
                .validationBypass(Duration.ZERO)
                .monitor(log)
                .registry(registry)
                .build();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void create_fails_timesOutWithTheCauseAndRecovers(Fault fault, Threads.Kind kind)
            throws InterruptedException {
        Faulty manager = new Faulty(Call.CREATE, fault);
        manager.active = true;
        Pool<Thing> pool = pool(manager);
        in(
                kind,
                () ->
                        assertThatThrownBy(() -> pool.acquire(LIMIT.multipliedBy(5)))
                                .isInstanceOf(PoolAcquireTimeoutException.class)
                                .cause()
                                .isInstanceOf(PoolCreateException.class)
                                .cause()
                                .isInstanceOf(expectedFailure(fault)));
        assertThat(log.of(MonitorEvent.CreateFailed.class))
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e.failure()).isInstanceOf(expectedFailure(fault)));
        recover(pool, manager);
    }

    private static Class<? extends Throwable> expectedFailure(Fault fault) {
        return switch (fault) {
            case THROWS -> IOException.class;
            case THROWS_AN_ERROR -> Broken.class;
            case HANGS -> PoolCreateTimeoutException.class;
            case SAYS_NO -> NullPointerException.class;
        };
    }

    @ParameterizedTest
    @MethodSource("faults")
    void validate_fails_replacesTheObjectInTime(Fault fault, Threads.Kind kind)
            throws InterruptedException {
        Faulty manager = new Faulty(Call.VALIDATE, fault);
        Pool<Thing> pool = pool(manager);
        Thing doubtful = pool.use(thing -> thing);
        manager.active = true;
        in(
                kind,
                () -> {
                    if (fault == Fault.THROWS_AN_ERROR) {
                        assertThatThrownBy(() -> pool.acquire(SOON)).isInstanceOf(Broken.class);
                    } else {
                        assertThatThrownBy(() -> pool.acquire(LIMIT.multipliedBy(3)))
                                .isInstanceOf(PoolAcquireTimeoutException.class);
                    }
                });
        eventually().untilAsserted(() -> assertThat(doubtful.destroyed).hasValue(1));
        if (fault != Fault.SAYS_NO) {
            eventually()
                    .untilAsserted(() ->
                            assertThat(log.of(MonitorEvent.CallbackFailed.class))
                                    .extracting(MonitorEvent.CallbackFailed::callback)
                                    .contains("validate"));
        }
        recover(pool, manager);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"THROWS", "THROWS_AN_ERROR", "HANGS"})
    void recycle_fails_retiresTheObjectAndLendsTheOther(Fault fault) throws InterruptedException {
        Faulty manager = new Faulty(Call.RECYCLE, fault);
        Pool<Thing> pool = pool(manager);
        PooledConnection<Thing> lease = pool.acquire(SOON);
        Thing soiled = lease.connection();
        manager.active = true;
        Threads threads = new Threads(Threads.Kind.VIRTUAL);
        Thread closer =
                threads.start(() -> {
                    if (fault == Fault.THROWS_AN_ERROR) {
                        assertThatThrownBy(lease::close).isInstanceOf(Broken.class);
                    } else {
                        lease.close();
                    }
                });
        if (fault == Fault.HANGS) {
            // It hangs in the thread of its borrower; the rest of the pool goes on.
            assertThat(pool.acquire(SOON).connection()).isNotSameAs(soiled);
            manager.heal();
            threads.join();
            pool.close(Duration.ZERO);
            return;
        }
        assertThat(closer.join(SOON)).isTrue();
        eventually().untilAsserted(() -> assertThat(soiled.destroyed).hasValue(1));
        recover(pool, manager);
        threads.join();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"THROWS", "THROWS_AN_ERROR", "HANGS"})
    void destroy_fails_isReportedAndCostsNoCapacity(Fault fault) {
        Faulty manager = new Faulty(Call.DESTROY, fault);
        Pool<Thing> pool = pool(manager);
        manager.active = true;
        for (int i = 0; i < 4; i++) {
            try (PooledConnection<Thing> lease = pool.acquire(SOON)) {
                lease.expire();
            }
        }
        Class<? extends MonitorEvent> reported =
                fault == Fault.HANGS
                        ? MonitorEvent.CleanupAbandoned.class
                        : MonitorEvent.CleanupFailed.class;
        eventually()
                .untilAsserted(() -> assertThat(log.of(reported)).hasSizeGreaterThanOrEqualTo(4));
        recover(pool, manager);
    }

    /// Only who hangs must be cut short: on a busy machine anybody may take a moment.
    private static Duration limit(Faulty manager) {
        return manager.hangs() ? LIMIT : Duration.ofSeconds(10);
    }

    private void recover(Pool<Thing> pool, Faulty manager) {
        manager.heal();
        Audit.wholeCapacity(pool);
        Audit.atRest(pool);
        Audit.closed(pool, manager);
        registry.close();
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
    }

    private static void in(Threads.Kind kind, Runnable body) throws InterruptedException {
        Threads threads = new Threads(kind);
        threads.start(body);
        threads.join();
    }
}
