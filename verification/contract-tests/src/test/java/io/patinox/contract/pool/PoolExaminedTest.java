package io.patinox.contract.pool;

import static io.patinox.contract.pool.Audit.SOON;
import static io.patinox.contract.pool.Audit.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.contract.pool.Fault.Call;
import io.patinox.contract.pool.Fault.Faulty;
import io.patinox.contract.pool.Things.Thing;
import io.patinox.memory.monitor.MonitorEvent;
import io.patinox.memory.pool.Pool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claim: a validation that goes wrong in whatever way, when an object comes back or in the
/// background, costs that object and nothing else: its borrower isn't told, no other object goes,
/// no capacity is lost.
@ExtendWith(BrokenThreads.class)
@Timeout(60)
class PoolExaminedTest {
    private static final Duration LIMIT = Duration.ofMillis(100);

    @ParameterizedTest
    @EnumSource
    void validate_goesWrongOnReturn_costsThatObjectOnly(Fault fault) throws InterruptedException {
        Faulty manager = new Faulty(Call.VALIDATE, fault);
        Scene scene =
                new Scene(
                        Threads.Kind.VIRTUAL,
                        manager,
                        builder ->
                                builder.validateOnReturn(true)
                                        .validationTimeout(LIMIT)
                                        .validationBypass(Duration.ofDays(1)));
        Pool<Thing> pool = scene.pool;
        manager.active = true;
        Thing returned = pool.use(thing -> thing);
        eventually().until(() -> returned.destroyed.get() == 1);
        manager.heal();
        assertThat(pool.<Thing, RuntimeException>use(thing -> thing)).isNotSameAs(returned);
        assertReported(scene, fault);
        eventually().until(() -> pool.inUse() == 0);
        assertThat(pool.metrics().counters()).containsEntry("pool.retired.invalid", 1L);
        endsWell(scene);
    }

    @ParameterizedTest
    @EnumSource
    void validate_goesWrongInTheBackground_costsThatObjectOnly(Fault fault)
            throws InterruptedException {
        Faulty manager = new Faulty(Call.VALIDATE, fault);
        Scene scene =
                new Scene(
                        Threads.Kind.VIRTUAL,
                        manager,
                        builder ->
                                builder.keepaliveInterval(Duration.ofMillis(1))
                                        .validationTimeout(LIMIT)
                                        .validationBypass(Duration.ofDays(1)));
        Pool<Thing> pool = scene.pool;
        Audit.wholeCapacity(pool);
        List<Thing> both = List.copyOf(manager.created);
        manager.active = true;
        eventually().until(() -> both.stream().anyMatch(thing -> thing.destroyed.get() == 1));
        manager.heal();
        pool.reconfigure(pool.tuning().withKeepaliveInterval(Duration.ZERO));
        assertThat(pool.<Thing, RuntimeException>use(thing -> thing).destroyed).hasValue(0);
        assertReported(scene, fault);
        eventually().until(() -> pool.inUse() == 0);
        assertThat(pool.metrics().counters().get("pool.keepalives")).isPositive();
        endsWell(scene);
    }

    @ParameterizedTest
    @EnumSource
    void keepalive_hangs_delaysABorrowerNoLongerThanOneValidation(Threads.Kind kind)
            throws InterruptedException {
        Faulty manager = new Faulty(Call.VALIDATE, Fault.HANGS);
        Scene scene =
                new Scene(
                        kind,
                        manager,
                        builder ->
                                builder.maxSize(1)
                                        .keepaliveInterval(Duration.ofMillis(1))
                                        .validationTimeout(LIMIT)
                                        .validationBypass(Duration.ofDays(1)));
        Pool<Thing> pool = scene.pool;
        Audit.wholeCapacity(pool);
        manager.active = true;
        eventually().until(() -> pool.metrics().counters().get("pool.keepalives") > 0);
        scene.threads.start(() -> pool.acquire(SOON).close());
        scene.threads.join();
        manager.heal();
        pool.reconfigure(pool.tuning().withKeepaliveInterval(Duration.ZERO));
        endsWell(scene);
    }

    private static void endsWell(Scene scene) throws InterruptedException {
        scene.pool.reconfigure(scene.pool.tuning().withValidateOnReturn(false));
        scene.endsWell();
    }

    private static void assertReported(Scene scene, Fault fault) {
        if (fault != Fault.SAYS_NO) {
            eventually()
                    .untilAsserted(() ->
                            assertThat(scene.log.of(MonitorEvent.CallbackFailed.class))
                                    .isNotEmpty()
                                    .allMatch(event -> event.callback().equals("validate")));
        }
    }
}
