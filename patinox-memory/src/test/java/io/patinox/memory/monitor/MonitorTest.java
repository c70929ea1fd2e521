package io.patinox.memory.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.InvalidOptionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MonitorTest {

    private static final Source ORDERS = new Source("orders");

    @ParameterizedTest
    @EnumSource
    void noop_anyKind_isNotWanted(EventKind kind) {
        assertThat(Monitor.noop().enabled(kind)).isFalse();
        Monitor.noop().publish(Events.of(kind));
    }

    @Test
    void monitor_ofALambda_wantsEverythingAndIgnoresSources() {
        List<MonitorEvent> events = new ArrayList<>();
        Monitor monitor = events::add;

        monitor.register(ORDERS);
        monitor.unregister(ORDERS);
        monitor.publish(Events.any());

        assertThat(EventKind.values()).allMatch(monitor::enabled);
        assertThat(events).containsExactly(Events.any());
    }

    @Test
    void all_members_getEverythingInOrder() {
        RecordingMonitor first = new RecordingMonitor();
        RecordingMonitor second = new RecordingMonitor();
        Monitor all = Monitor.all(first, second);

        all.register(ORDERS);
        all.publish(Events.any());
        all.unregister(ORDERS);

        assertThat(first.calls).containsExactly("+orders", Events.any(), "-orders");
        assertThat(second.calls).isEqualTo(first.calls);
    }

    @Test
    void all_memberThatDoesNotWantAKind_isSpared() {
        RecordingMonitor picky = new RecordingMonitor();
        RecordingMonitor greedy = new RecordingMonitor();
        Monitor leaksOnly = only(EventKind.LEASE_LEAKED, picky);
        Monitor all = Monitor.all(leaksOnly, greedy);

        all.publish(Events.of(EventKind.CREATE_FAILED));
        all.publish(Events.of(EventKind.LEASE_LEAKED));

        assertThat(picky.calls).containsExactly(Events.of(EventKind.LEASE_LEAKED));
        assertThat(greedy.calls).hasSize(2);
        assertThat(all.enabled(EventKind.CREATE_FAILED)).isTrue();
        assertThat(Monitor.all(leaksOnly).enabled(EventKind.CREATE_FAILED)).isFalse();
        assertThat(Monitor.all(leaksOnly).enabled(EventKind.LEASE_LEAKED)).isTrue();
        assertThat(Monitor.all().enabled(EventKind.LEASE_LEAKED)).isFalse();
    }

    private static Monitor only(EventKind wanted, Monitor monitor) {
        return new Monitor() {
            @Override
            public boolean enabled(EventKind kind) {
                return kind == wanted;
            }

            @Override
            public void publish(MonitorEvent event) {
                monitor.publish(event);
            }
        };
    }

    @Test
    void all_memberThatFails_doesNotStopTheOthers() {
        RecordingMonitor last = new RecordingMonitor();
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second");
        Monitor all = Monitor.all(failing(first), failing(second), last);

        assertThatThrownBy(() -> all.register(ORDERS)).isSameAs(first);
        assertThatThrownBy(() -> all.publish(Events.any())).isSameAs(first);
        assertThatThrownBy(() -> all.unregister(ORDERS)).isSameAs(first);

        assertThat(last.calls).containsExactly("+orders", Events.any(), "-orders");
        assertThat(first.getSuppressed()).containsOnly(second);
        assertThat(second.getSuppressed()).isEmpty();
    }

    @Test
    void all_membersThatFail_anErrorComesFirst() {
        IllegalStateException exception = new IllegalStateException();
        AssertionError error = new AssertionError();

        assertThatThrownBy(
                        () -> Monitor.all(failing(exception), failing(error)).publish(Events.any()))
                .isSameAs(error);
        assertThat(error.getSuppressed()).containsExactly(exception);
    }

    @Test
    void all_oneMemberTwice_doesNotSuppressItself() {
        IllegalStateException same = new IllegalStateException();

        assertThatThrownBy(() -> Monitor.all(failing(same), failing(same)).publish(Events.any()))
                .isSameAs(same)
                .hasNoSuppressedExceptions();
    }

    @Test
    void all_memberWhoseEnabledFails_doesNotHideTheOthers() {
        IllegalStateException failure = new IllegalStateException();
        Monitor broken =
                new Monitor() {
                    @Override
                    public boolean enabled(EventKind kind) {
                        throw failure;
                    }

                    @Override
                    public void publish(MonitorEvent event) {}
                };

        assertThat(Monitor.all(broken, event -> {}).enabled(EventKind.LEASE_LEAKED)).isTrue();
        assertThatThrownBy(() -> Monitor.all(broken).enabled(EventKind.LEASE_LEAKED))
                .isSameAs(failure);
    }

    private static Monitor failing(Throwable failure) {
        return new Monitor() {
            @Override
            public void publish(MonitorEvent event) {
                Events.throwAny(failure);
            }

            @Override
            public void register(MetricsSource source) {
                Events.throwAny(failure);
            }

            @Override
            public void unregister(MetricsSource source) {
                Events.throwAny(failure);
            }
        };
    }

    @Test
    void all_listChangedAfterwards_doesNotMatter() {
        RecordingMonitor member = new RecordingMonitor();
        List<Monitor> members = new ArrayList<>(List.of(member));
        Monitor all = Monitor.all(members);

        members.clear();
        all.publish(Events.any());

        assertThat(member.calls).hasSize(1);
    }

    @Test
    void all_missingMembers_areRefused() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Monitor.all((List<Monitor>) null));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Monitor.all((Monitor[]) null));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Monitor.all(Arrays.asList(Monitor.noop(), null)));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Monitor.all(Monitor.noop(), null));
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Monitor.logging(null));
    }

    @Test
    void ticker_ofTheSystem_goesForward() {
        Ticker ticker = Ticker.system();
        long before = System.nanoTime();

        long now = ticker.nanos();

        assertThat(now - before).isNotNegative();
        assertThat(System.nanoTime() - now).isNotNegative();
    }
}
