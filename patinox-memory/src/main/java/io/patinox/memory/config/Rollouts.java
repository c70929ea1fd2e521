package io.patinox.memory.config;

import io.patinox.memory.config.Calls.CallFailed;
import io.patinox.memory.error.ConfigRejectedException;
import io.patinox.memory.error.ConfigRolloutException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The one staged rollout of a configuration. Driven by the loader's thread.
///
/// @param <T> the type of the configuration
final class Rollouts<T extends Record> {
    private final Calls calls;
    private final Changes<T> changes;
    private final Board board;
    private volatile @Nullable ConfigRollout<T> running;

    Rollouts(Calls calls, Changes<T> changes, Board board) {
        this.calls = calls;
        this.changes = changes;
        this.board = board;
    }

    @Nullable ConfigRollout<T> running() {
        return running;
    }

    Board board() {
        return board;
    }

    ConfigRollout<T> start(String config, ConfigRolloutBuilder<T> options, long now) {
        if (running != null) {
            throw new ConfigRolloutException(config, "another rollout is running");
        }
        T candidate = options.candidate();
        ConfigSnapshot<T> base = changes.known().newest();
        List<ConfigProblem> problems = changes.validate(candidate);
        if (!problems.isEmpty()) {
            throw new ConfigRejectedException(
                    config,
                    ConfigStage.VALIDATE.name(),
                    problems.stream().map(ConfigProblem::toString).toList());
        }
        List<String> fixed = changes.changedThatMayNot(base.value(), candidate);
        if (!fixed.isEmpty()) {
            throw new ConfigRejectedException(config, "RESTART", fixed);
        }
        ConfigRollout<T> started = new ConfigRollout<>(options, base.version(), now);
        running = started;
        started.tell();
        return started;
    }

    ReloadResult promote(ConfigRollout<T> rollout) {
        rollout.ensureRunning();
        ReloadResult result = changes.hold(rollout.candidate(), ConfigCause.ROLLOUT);
        board.tell(result, ConfigCause.ROLLOUT);
        if (result.isGood()) {
            end(rollout, ConfigRollout.State.PROMOTED, "promoted");
        }
        return result;
    }

    /// Ends a rollout, by any thread; the first one decides.
    void end(ConfigRollout<T> rollout, ConfigRollout.State state, String reason) {
        if (rollout.ended(state, reason)) {
            // who promoted has published before, so a subject never sees the old version again
            running = null;
            rollout.tell();
        }
    }

    void step(long now) {
        ConfigRollout<T> rollout = running;
        if (rollout == null) {
            return;
        }
        long version = changes.known().newest().version();
        if (version != rollout.base()) {
            end(rollout, ConfigRollout.State.ABORTED, "superseded by version " + version);
        } else if (rollout.gateIsDue(now) && !isHealthy(rollout.gate())) {
            end(rollout, ConfigRollout.State.ABORTED, "the health gate is closed");
        } else if (rollout.advance(now)) {
            ReloadResult result = promote(rollout);
            if (!result.isGood()) {
                end(rollout, ConfigRollout.State.ABORTED, "the promotion was refused: " + result);
            }
        }
    }

    private boolean isHealthy(BooleanSupplier gate) {
        try {
            return calls.run(gate::getAsBoolean, _ -> {});
        } catch (CallFailed e) {
            Throwable cause = e.getCause();
            board.callbackFailed("gate", cause == null ? new IllegalStateException("late") : cause);
            return false;
        }
    }

    long dueNanos(long now) {
        ConfigRollout<T> rollout = running;
        return rollout == null ? Long.MAX_VALUE : rollout.dueNanos(now);
    }

    void close() {
        ConfigRollout<T> rollout = running;
        if (rollout != null) {
            end(rollout, ConfigRollout.State.ABORTED, "the configuration was closed");
        }
    }
}
