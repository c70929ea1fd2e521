package io.patinox.memory.monitor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Events;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrMonitorTest {

    private static final String FRAMES =
            "app.Worker.read(Worker.java:12)\napp.Worker.run(Worker.java:7)";

    private final Monitor monitor = Monitor.jfr();

    @TempDir private Path folder;

    @Test
    void publish_everyKind_isRecordedWithItsFields() throws IOException {
        Map<String, RecordedEvent> recorded =
                recorded(Stream.of(EventKind.values()).map(Events::of).toList()).stream()
                        .collect(Collectors.toMap(e -> e.getEventType().getName(), e -> e));

        assertThat(recorded).hasSize(EventKind.values().length);
        for (EventKind kind : EventKind.values()) {
            MonitorEvent event = Events.of(kind);
            RecordedEvent e = recorded.get("io.patinox.memory." + event.getClass().getSimpleName());
            assertThat(e.getString("source")).isEqualTo(event.source());
            assertThat(e.getString("message")).isEqualTo(event.message());
            assertThat(e.getInstant("at")).isEqualTo(Events.AT);
            assertThat(e.getStackTrace()).isNull();
            assertThat(e.getEventType().getCategoryNames()).containsExactly("Patinox");
            assertThat(e.getEventType().getLabel().replace(" ", "_").toUpperCase(Locale.ROOT))
                    .isEqualTo(kind.name());
        }
        assertFields(recorded);
    }

    private static void assertFields(Map<String, RecordedEvent> recorded) {
        RecordedEvent leaked = recorded.get("io.patinox.memory.ResourceLeaked");
        assertThat(leaked.getString("type")).isEqualTo("file");
        assertThat(leaked.getDuration("ageNanos")).isEqualTo(Duration.ofSeconds(90));
        assertThat(leaked.getString("site")).contains("io.patinox.memory.monitor.Events.<clinit>");
        assertThat(leaked.getBoolean("cleaned")).isTrue();

        RecordedEvent failed = recorded.get("io.patinox.memory.CleanupFailed");
        assertThat(failed.getString("resource")).isEqualTo("f7");
        assertThat(failed.getInt("attempts")).isEqualTo(3);
        assertThat(failed.getString("failure")).isEqualTo("IllegalStateException: broken");

        RecordedEvent abandoned = recorded.get("io.patinox.memory.CleanupAbandoned");
        assertThat(abandoned.getString("resource")).isEqualTo("f7");
        assertThat(abandoned.getDuration("deadlineNanos")).isEqualTo(Duration.ofSeconds(30));
        assertThat(abandoned.getString("stack")).isEqualTo(FRAMES);

        RecordedEvent lease = recorded.get("io.patinox.memory.LeaseLeaked");
        assertThat(lease.getDuration("heldNanos")).isEqualTo(Duration.ofMinutes(2));
        assertThat(lease.getString("site")).isNotEmpty();

        RecordedEvent overdue = recorded.get("io.patinox.memory.LeaseOverdue");
        assertThat(overdue.getDuration("heldNanos")).isEqualTo(Duration.ofMinutes(2));
        assertThat(overdue.getString("site")).isNotEmpty();
        assertThat(overdue.getString("holder")).isEqualTo("worker-1");
        assertThat(overdue.getString("holderStack")).isEqualTo(FRAMES);

        RecordedEvent nested = recorded.get("io.patinox.memory.NestedAcquire");
        assertThat(nested.getInt("held")).isEqualTo(2);
        assertThat(nested.getDuration("waitedNanos")).isEqualTo(Duration.ofSeconds(5));
        assertThat(nested.getString("site")).isNotEmpty();
        assertThat(nested.getString("holder")).isEqualTo("worker-1");
        assertThat(nested.getString("stack")).isEqualTo(FRAMES);

        RecordedEvent create = recorded.get("io.patinox.memory.CreateFailed");
        assertThat(create.getInt("attempts")).isEqualTo(2);
        assertThat(create.getString("failure")).isEqualTo("IllegalStateException: broken");
        assertThat(create.getDuration("retryInNanos")).isEqualTo(Duration.ofMillis(250));

        RecordedEvent unavailable = recorded.get("io.patinox.memory.PoolUnavailable");
        assertThat(unavailable.getInt("attempts")).isEqualTo(3);
        assertThat(unavailable.getString("failure")).isEqualTo("IllegalStateException: broken");
        assertThat(unavailable.getBoolean("refused")).isTrue();

        RecordedEvent recovered = recorded.get("io.patinox.memory.PoolRecovered");
        assertThat(recovered.getDuration("afterNanos")).isEqualTo(Duration.ofSeconds(9));

        RecordedEvent callback = recorded.get("io.patinox.memory.CallbackFailed");
        assertThat(callback.getString("callback")).isEqualTo("destroy");
        assertThat(callback.getString("failure")).isEqualTo("IllegalStateException: broken");

        RecordedEvent rejected = recorded.get("io.patinox.memory.ConfigRejected");
        assertThat(rejected.getString("stage")).isEqualTo("BIND");
        assertThat(rejected.getString("problems")).isEqualTo("port: must be a number");

        RecordedEvent rollout = recorded.get("io.patinox.memory.ConfigRolloutChanged");
        assertThat(rollout.getString("salt")).isEqualTo("blue");
        assertThat(rollout.getDouble("percentage")).isEqualTo(5);

        RecordedEvent load = recorded.get("io.patinox.memory.CacheLoadFailed");
        assertThat(load.getString("key")).isEqualTo("a");
        assertThat(load.getString("failure")).isEqualTo("IllegalStateException: broken");
        assertThat(load.getBoolean("stale")).isTrue();
        assertThat(load.getLong("count")).isEqualTo(3);

        RecordedEvent storm = recorded.get("io.patinox.memory.CacheEvictionStorm");
        assertThat(storm.getLong("evictions")).isEqualTo(12_000);
        assertThat(storm.getDuration("withinNanos")).isEqualTo(Duration.ofSeconds(1));
        assertThat(storm.getLong("entries")).isEqualTo(1_000);

        RecordedEvent faulted = recorded.get("io.patinox.memory.MappingFaulted");
        assertThat(faulted.getString("file")).isEqualTo("t.map");
        assertThat(faulted.getLong("mappedBytes")).isEqualTo(8_192);
        assertThat(faulted.getLong("fileBytes")).isEqualTo(4_096);
        assertThat(faulted.getLong("count")).isEqualTo(3);

        RecordedEvent unmapped = recorded.get("io.patinox.memory.MappingAbandoned");
        assertThat(unmapped.getString("file")).isEqualTo("t.map");
        assertThat(unmapped.getLong("bodies")).isEqualTo(2);
        assertThat(unmapped.getDuration("waitedNanos")).isEqualTo(Duration.ofSeconds(30));

        RecordedEvent health = recorded.get("io.patinox.memory.HealthChanged");
        assertThat(health.getString("from")).isEqualTo("UP");
        assertThat(health.getString("to")).isEqualTo("DEGRADED [slow (it takes 5 s)]");
    }

    @Test
    void publish_siteMissingAndDurationsTooLong_isRecorded() throws IOException {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);

        List<RecordedEvent> recorded =
                recorded(
                        List.of(
                                new MonitorEvent.LeaseLeaked("orders", Events.AT, longest, null),
                                new MonitorEvent.LeaseLeaked(
                                        "orders", Events.AT, longest.negated(), null)));

        assertThat(recorded).extracting(e -> e.getString("site")).containsOnlyNulls();
        assertThat(recorded)
                .extracting(e -> e.getLong("heldNanos"))
                .containsExactlyInAnyOrder(Long.MAX_VALUE, Long.MIN_VALUE);
    }

    @Test
    void enabled_byKind_followsTheRecording() throws IOException {
        assertThat(EventKind.values()).noneMatch(monitor::enabled);
        try (Recording recording = new Recording()) {
            recording.disable("io.patinox.memory.HealthChanged");
            recording.start();
            assertThat(Stream.of(EventKind.values()).filter(monitor::enabled))
                    .hasSize(EventKind.values().length - 1)
                    .doesNotContain(EventKind.HEALTH_CHANGED);
        }
        assertThat(EventKind.values()).noneMatch(monitor::enabled);
    }

    private List<RecordedEvent> recorded(List<MonitorEvent> events) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            Set.copyOf(events).forEach(monitor::publish);
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(e -> e.getEventType().getName().startsWith("io.patinox.memory."))
                .toList();
    }
}
