package io.patinox.memory.monitor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.monitor.CapturedLog;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Events;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoggingMonitorTest {

    private final CapturedLog log = new CapturedLog();
    private final Monitor monitor = Monitor.logging(log);

    private CapturedLog.Line published(MonitorEvent event) {
        monitor.publish(event);
        assertThat(log.lines).hasSize(1);
        return log.lines.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "RESOURCE_LEAKED, WARNING",
        "RESOURCE_OVERDUE, WARNING",
        "RESOURCE_RETURNED, INFO",
        "CLEANUP_FAILED, WARNING",
        "CLEANUP_ABANDONED, ERROR",
        "LEASE_LEAKED, WARNING",
        "LEASE_OVERDUE, WARNING",
        "NESTED_ACQUIRE, WARNING",
        "CREATE_FAILED, WARNING",
        "POOL_UNAVAILABLE, ERROR",
        "POOL_RECOVERED, INFO",
        "CALLBACK_FAILED, WARNING",
        "CONFIG_APPLIED, INFO",
        "CONFIG_REJECTED, WARNING",
        "CONFIG_ROLLOUT_CHANGED, INFO",
        "CACHE_LOAD_FAILED, WARNING",
        "CACHE_EVICTION_STORM, WARNING",
        "MAPPING_FAULTED, WARNING",
        "MAPPING_ABANDONED, WARNING",
        "HEALTH_CHANGED, WARNING",
    })
    void publish_everyKind_isLoggedAtItsLevel(EventKind kind, Level level) {
        CapturedLog.Line line = published(Events.of(kind));

        assertThat(line.level()).isEqualTo(level);
        assertThat(line.text()).isEqualTo(Events.of(kind).message());
    }

    @Test
    void publish_health_isLoggedAsGoodOrBadAsItIs() {
        Health down = Health.down(new Health.Reason("gone", "nobody answers"));

        monitor.publish(
                new MonitorEvent.HealthChanged("orders", Events.AT, Health.up(), Events.SLOW));
        monitor.publish(new MonitorEvent.HealthChanged("orders", Events.AT, Events.SLOW, down));
        monitor.publish(new MonitorEvent.HealthChanged("orders", Events.AT, down, Health.up()));

        assertThat(log.lines)
                .extracting(CapturedLog.Line::level)
                .containsExactly(Level.WARNING, Level.ERROR, Level.INFO);
        assertThat(log.lines).extracting(CapturedLog.Line::thrown).containsOnlyNulls();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESOURCE_LEAKED", "RESOURCE_OVERDUE", "LEASE_LEAKED"})
    void publish_leak_carriesItsSite(EventKind kind) {
        assertThat(published(Events.of(kind)).thrown()).isSameAs(Events.SITE);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CLEANUP_FAILED",
                "CREATE_FAILED",
                "POOL_UNAVAILABLE",
                "CALLBACK_FAILED",
                "CACHE_LOAD_FAILED"
            })
    void publish_failure_carriesIt(EventKind kind) {
        assertThat(published(Events.of(kind)).thrown()).isSameAs(Events.FAILURE);
    }

    @Test
    void publish_overdueLease_carriesWhereItsHolderIsAndWhereItWasAcquired() {
        Throwable thrown = published(Events.of(EventKind.LEASE_OVERDUE)).thrown();

        assertThat(thrown).hasMessage("the holder is here now").hasCause(Events.SITE);
        assertThat(thrown.getStackTrace()).containsExactlyElementsOf(Events.STACK);
    }

    @Test
    void publish_abandonedCleanup_carriesWhereItIs() {
        Throwable thrown = published(Events.of(EventKind.CLEANUP_ABANDONED)).thrown();

        assertThat(thrown).hasMessage("the cleanup is here now").hasNoCause();
        assertThat(thrown.getStackTrace()).containsExactlyElementsOf(Events.STACK);
    }

    @Test
    void publish_bracesInTheMessage_areNoFormat() {
        MonitorEvent event =
                new MonitorEvent.CleanupFailed(
                        "files", Events.AT, "{0} it's", 1, new IllegalStateException("{1}"));

        assertThat(published(event).text()).contains("'{0} it's'", "{1}");
    }

    @Test
    void publish_leakWithoutSite_hasNoThrowable() {
        MonitorEvent event = new MonitorEvent.LeaseLeaked("orders", Events.AT, Duration.ZERO, null);

        assertThat(published(event).thrown()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void enabled_loggerThatTakesErrorsOnly_wantsWhatMayBeOne(EventKind kind) {
        log.threshold = Level.ERROR;

        assertThat(monitor.enabled(kind))
                .isEqualTo(
                        kind == EventKind.CLEANUP_ABANDONED
                                || kind == EventKind.POOL_UNAVAILABLE
                                || kind == EventKind.HEALTH_CHANGED);
    }

    @ParameterizedTest
    @EnumSource
    void enabled_byLevel_followsTheLogger(EventKind kind) {
        Set<EventKind> good =
                Set.of(
                        EventKind.RESOURCE_RETURNED,
                        EventKind.POOL_RECOVERED,
                        EventKind.CONFIG_APPLIED,
                        EventKind.CONFIG_ROLLOUT_CHANGED);
        log.threshold = good.contains(kind) ? Level.INFO : Level.WARNING;
        assertThat(monitor.enabled(kind)).isTrue();
        log.threshold = Level.OFF;
        assertThat(monitor.enabled(kind)).isFalse();
    }

    @Test
    void logging_withoutALogger_usesOneOfItsOwnName() {
        assertThat(Monitor.logging().enabled(EventKind.CLEANUP_ABANDONED)).isTrue();
    }
}
