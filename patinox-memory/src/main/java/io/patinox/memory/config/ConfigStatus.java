package io.patinox.memory.config;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a configuration is at one moment: what is current, and what is wrong and where. Immutable.
public final class ConfigStatus {
    private final long version;
    private final Instant currentSince;
    private final ConfigCause cause;
    private final Facts facts;
    private final List<String> unsettled;
    private final Optional<String> eventsRefused;
    private final Duration lastScanAge;

    /// What the loader notes after each attempt.
    record Facts(
            Instant lastAttempt,
            Instant lastGood,
            Optional<ConfigStage> stage,
            List<ConfigProblem> problems,
            List<ConfigProblem> warnings,
            List<String> restartParts,
            boolean held) {}

    ConfigStatus(
            ConfigSnapshot<?> current,
            Facts facts,
            List<String> unsettled,
            Optional<String> eventsRefused,
            Duration lastScanAge) {
        this.version = current.version();
        this.currentSince = current.at();
        this.cause = current.cause();
        this.facts = facts;
        this.unsettled = List.copyOf(unsettled);
        this.eventsRefused = eventsRefused;
        this.lastScanAge = lastScanAge;
    }

    /// {@return the current version}
    public long version() {
        return version;
    }

    /// {@return since when it is current}
    public Instant currentSince() {
        return currentSince;
    }

    /// {@return why it is current}
    public ConfigCause cause() {
        return cause;
    }

    /// {@return when the sources were last loaded, whatever came of it}
    public Instant lastAttempt() {
        return facts.lastAttempt();
    }

    /// {@return when the sources were last loaded and nothing was wrong}
    public Instant lastGood() {
        return facts.lastGood();
    }

    /// Tells whether the sources, as they are now, were rejected, so that what is current is older
    /// than they are.
    ///
    /// @return whether
    public boolean isRejected() {
        return facts.stage().isPresent();
    }

    /// {@return how far the sources came, if they were rejected}
    public Optional<ConfigStage> rejectedAt() {
        return facts.stage();
    }

    /// {@return everything that is wrong with the sources; empty if they are good}
    public List<ConfigProblem> problems() {
        return facts.problems();
    }

    /// {@return what is odd in the sources, but does no harm}
    public List<ConfigProblem> warnings() {
        return facts.warnings();
    }

    /// {@return the names of parts that the sources change, which takes a restart; empty if none}
    public List<String> restartRequired() {
        return facts.restartParts();
    }

    /// Tells whether the current version is not what the sources say because somebody proposed
    /// another one, or went back to an older one. It stays until the sources change, or
    /// [LiveConfig#reload()] is called.
    ///
    /// @return whether
    public boolean isHeld() {
        return facts.held();
    }

    /// {@return the sources that somebody seems to be writing now}
    public List<String> unsettled() {
        return unsettled;
    }

    /// Tells why the operating system gives no events for some folder, for example since a limit is
    /// reached. Changes are then found by looking, which takes up to
    /// [LiveConfigBuilder#pollInterval(Duration)] longer.
    ///
    /// @return the reason, or empty if there are events everywhere
    public Optional<String> eventsRefused() {
        return eventsRefused;
    }

    /// {@return how long ago the sources were last looked at}
    public Duration lastScanAge() {
        return lastScanAge;
    }

    @Override
    public String toString() {
        return "ConfigStatus[version="
                + version
                + ", cause="
                + cause
                + ", problems="
                + facts.problems()
                + ", restartRequired="
                + facts.restartParts()
                + ", held="
                + facts.held()
                + "]";
    }
}
