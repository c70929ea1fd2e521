package io.patinox.memory.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything that can be printed is searched for a secret.
class SecretsStayInsideTest {
    private static final String SECRET = "hunter2";

    @TempDir Path dir;
    private final ManualTicker ticker = new ManualTicker();

    record Guarded(Secret<String> password, String user, Secret<Integer> pin) {}

    private LiveConfigBuilder<Guarded> guarded() {
        return LiveConfig.builder(Guarded.class)
                .name("guarded")
                .driven()
                .ticker(ticker)
                .wallMillis(() -> System.currentTimeMillis() + 3_600_000)
                .lookup(MethodHandles.lookup())
                .secretPaths("user");
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void secret_inWhateverHappens_isNeverShown() throws IOException {
        List<String> shown = new ArrayList<>();
        RecordingMonitor events = new RecordingMonitor();
        Path file = Files.writeString(dir.resolve("app.properties"), text("1234"));
        Path recorded = dir.resolve("recording.jfr");
        try (Recording recording = new Recording();
                LiveConfig<Guarded> config =
                        guarded()
                                .file(file)
                                .monitor(Monitor.all(events, Monitor.jfr()))
                                .validate((value, problems) -> {
                                    if (value.user().equals("bad" + SECRET)) {
                                        throw new IllegalStateException(value.user());
                                    }
                                })
                                .build()) {
            recording.start();
            shown.add(config.explain());
            for (String change :
                    List.of(
                            "password = " + SECRET + "\nuser = " + SECRET + "\npin = " + SECRET,
                            "password = \\u" + SECRET,
                            "pasword = " + SECRET + "\n" + text("1234"),
                            "password = " + SECRET + "\nuser = bad" + SECRET + "\npin = 1")) {
                shown.add(config.override(Map.of("user", change)).toString());
                config.override(Map.of());
                Files.writeString(file, change);
                for (int i = 0; i < 30; i++) {
                    config.loader().step();
                    ticker.advance(Duration.ofMillis(50));
                }
                assertThat(config.status().isRejected()).as(change).isTrue();
                shown.add(config.status().toString() + config.status().problems());
                shown.add(config.health().toString());
            }
            shown.add(config.pinned().toString() + config.history() + config);
            events.await(MonitorEvent.ConfigApplied.class, 1);
            recording.stop();
            recording.dump(recorded);
        }
        events.events(MonitorEvent.class).forEach(event -> shown.add(event + event.message()));
        RecordingFile.readAllEvents(recorded).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.patinox"))
                .forEach(event -> shown.add(event.toString()));

        assertThat(shown).noneMatch(text -> text.contains(SECRET));
        assertThat(shown.getFirst()).contains("password = ***", "user = ***", "pin = ***");
    }

    private static String text(String pin) {
        return "password = " + SECRET + "\nuser = " + SECRET + "\npin = " + pin;
    }

    @Test
    void secret_thatDoesNotFit_isNotInTheExceptionEither() throws IOException {
        Path file = Files.writeString(dir.resolve("app.properties"), text(SECRET));

        Throwable failure = catchThrowable(() -> guarded().file(file).build());

        assertThat(failure).hasMessageContaining("pin");
        assertThat(printed(failure)).doesNotContain(SECRET);
        assertThatThrownBy(() -> guarded().file(file).timeout(Duration.ZERO).build())
                .hasMessageNotContaining(SECRET);
    }
}
