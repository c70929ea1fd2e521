package io.patinox.memory.config;

import io.patinox.memory.error.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Builds a [ConfigRollout].
///
/// Without steps the rollout begins at 0 percent and does what it is told. With steps it walks
/// through them by itself and is promoted after the last one.
///
/// Not thread-safe, and good for one rollout.
///
/// @param <T> the type of the configuration
public final class ConfigRolloutBuilder<T extends Record> {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final LiveConfig<T> config;
    private final T candidate;
    private @Nullable String salt;
    private final List<ConfigRollout.Step> plan = new ArrayList<>();
    private BooleanSupplier gate = () -> true;
    private Duration gateInterval = Duration.ofSeconds(1);

    ConfigRolloutBuilder(LiveConfig<T> config, T candidate) {
        this.config = config;
        this.candidate = Options.required("candidate", candidate);
    }

    /// Sets the salt, which decides who is first. Required: with the same salt the same subjects
    /// are first each time, so choose another one for each rollout unless that is wanted.
    ///
    /// @param salt any text that isn't blank
    /// @return this builder
    public ConfigRolloutBuilder<T> salt(String salt) {
        this.salt = Options.text("salt", salt);
        return this;
    }

    /// Adds a step to the plan. Default: no plan.
    ///
    /// @param percentage how much of all subjects get the candidate then, from 0 to 100, and not
    ///   less than the step before
    /// @param bake how long to stay there, from zero to 365 days
    /// @return this builder
    public ConfigRolloutBuilder<T> step(double percentage, Duration bake) {
        ConfigRollout.inRange(percentage);
        Options.inRange("bake", bake, Duration.ZERO, LONGEST);
        Options.consistent(
                plan.isEmpty() || plan.getLast().percentage() <= percentage,
                "percentage",
                percentage,
                "at least that of the step before",
                "put the steps in ascending order");
        plan.add(new ConfigRollout.Step(percentage, bake));
        return this;
    }

    /// Sets what must hold for the rollout to go on. When it does not, or it throws or takes too
    /// long, the rollout is aborted. Default: it goes on.
    ///
    /// @param healthy is asked with the time limit of [LiveConfigBuilder#callTimeout(Duration)]
    /// @return this builder
    public ConfigRolloutBuilder<T> abortUnless(BooleanSupplier healthy) {
        this.gate = Options.required("healthy", healthy);
        return this;
    }

    /// Sets how often that is asked. Default: each second.
    ///
    /// @param gateInterval from 1 millisecond to 1 day
    /// @return this builder
    public ConfigRolloutBuilder<T> gateInterval(Duration gateInterval) {
        this.gateInterval =
                Options.inRange(
                        "gateInterval", gateInterval, Duration.ofMillis(1), Duration.ofDays(1));
        return this;
    }

    /// Validates the candidate and begins.
    ///
    /// @return the rollout
    /// @throws io.patinox.memory.error.ConfigRejectedException if the candidate is not valid, or
    ///   changes what takes a restart
    /// @throws io.patinox.memory.error.ConfigRolloutException if another one is running
    /// @throws io.patinox.memory.error.ConfigException as for [LiveConfig#propose]
    public ConfigRollout<T> start() {
        Options.text("salt", salt);
        return config.start(this);
    }

    LiveConfig<T> config() {
        return config;
    }

    T candidate() {
        return candidate;
    }

    String salt() {
        return String.valueOf(salt);
    }

    List<ConfigRollout.Step> plan() {
        return plan;
    }

    BooleanSupplier gate() {
        return gate;
    }

    long gateNanos() {
        return gateInterval.toNanos();
    }
}
