package io.patinox.memory.config;

import io.patinox.memory.config.Calls.CallFailed;
import io.patinox.memory.config.ConfigSettings.Fixed;
import io.patinox.memory.config.internal.Explanation;
import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.internal.Describe;
import io.patinox.memory.share.MutableSharedData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes values current: compares, asks the participants, swaps, commits. By the loader's thread.
///
/// @param <T> the type of the configuration
final class Changes<T> {
    private final ConfigSettings<T> settings;
    private final Calls calls;
    private final Board board;
    private final Participants<T> participants;
    private final BooleanSupplier closed;
    private final Consumer<@Nullable T> front;
    private volatile @Nullable Versions<T> versions;
    private volatile @Nullable Explanation explanation;
    // what the sources said last, which is not current if somebody holds another version
    private @Nullable T loaded;

    Changes(
            ConfigSettings<T> settings,
            Calls calls,
            Board board,
            BooleanSupplier closed,
            Consumer<@Nullable T> front) {
        this.settings = settings;
        this.calls = calls;
        this.board = board;
        this.closed = closed;
        this.front = front;
        this.participants = new Participants<>(calls, board::callbackFailed);
    }

    Participants<T> participants() {
        return participants;
    }

    @Nullable Versions<T> versions() {
        return versions;
    }

    Versions<T> known() {
        return Objects.requireNonNull(versions, "nothing was loaded yet");
    }

    @Nullable Explanation explanation() {
        return explanation;
    }

    /// Takes what the sources say.
    ///
    /// @param insist whether it is wanted also if another version is held
    ReloadResult load(Assembly.Candidate<T> candidate, boolean insist) {
        T value = candidate.value();
        if (value == null || !candidate.problems().isEmpty()) {
            return new ReloadResult.Rejected(candidate.stage(), candidate.problems());
        }
        Versions<T> present = versions;
        if (present == null) {
            return begin(value, candidate);
        }
        T before = loaded;
        boolean held = board.facts().held();
        if (held && !insist && before != null && same(value, before)) {
            explanation = candidate.explanation();
            return new ReloadResult.Unchanged(present.newest().version());
        }
        ReloadResult result = offer(value, ConfigCause.RELOAD, candidate.warnings());
        if (result.isGood()) {
            loaded = value;
            explanation = candidate.explanation();
            board.held(false);
        }
        return result;
    }

    private ReloadResult begin(T value, Assembly.Candidate<T> candidate) {
        MutableSharedData<T> data =
                MutableSharedData.builder(value)
                        .name(settings.name())
                        .monitor(board.events())
                        .build();
        loaded = value;
        explanation = candidate.explanation();
        versions =
                new Versions<>(
                        new ConfigSnapshot<>(value, 1, Instant.now(), ConfigCause.START),
                        settings.history(),
                        data,
                        front);
        return new ReloadResult.Applied(1, candidate.warnings());
    }

    /// Takes a value that comes from somewhere else, and holds it.
    ReloadResult hold(T value, ConfigCause cause) {
        ReloadResult result = offer(value, cause, List.of());
        if (result instanceof ReloadResult.Applied) {
            T said = loaded;
            board.held(said == null || !same(value, said));
        }
        return result;
    }

    /// Validates a value that is not bound from sources.
    List<ConfigProblem> validate(T value) {
        try {
            return calls.run(() -> settings.assembly().validate(value), _ -> {});
        } catch (CallFailed e) {
            return List.of(failed("the validation", e, board));
        }
    }

    static ConfigProblem failed(String what, CallFailed failed, Board board) {
        Throwable cause = failed.getCause();
        if (cause instanceof Error) {
            board.callbackFailed(what, cause);
        }
        if (cause instanceof PatinoxException own) {
            // ours show no secrets
            return Assembly.problem(what, Describe.line(own.getMessage()));
        }
        return Assembly.problem(
                what,
                failed.isLate() || cause == null
                        ? "did not end in time"
                        : "failed with " + Describe.type(cause));
    }

    private ReloadResult offer(T value, ConfigCause cause, List<ConfigProblem> warnings) {
        Versions<T> present = known();
        ConfigSnapshot<T> old = present.newest();
        if (same(value, old.value())) {
            return new ReloadResult.Unchanged(old.version());
        }
        List<String> fixed = changedThatMayNot(old.value(), value);
        if (!fixed.isEmpty()) {
            return new ReloadResult.RestartRequired(fixed);
        }
        Participants.Agreement agreement = participants.prepare(old.value(), value);
        ConfigProblem veto = agreement.veto();
        if (veto == null && closed.getAsBoolean()) {
            veto = Assembly.problem(settings.name(), "the configuration was closed meanwhile");
            participants.rollBack(agreement.prepared());
        }
        if (veto != null) {
            return new ReloadResult.Rejected(ConfigStage.PREPARE, List.of(veto));
        }
        ConfigSnapshot<T> next = present.publish(value, Instant.now(), cause);
        participants.commit(agreement.prepared());
        return new ReloadResult.Applied(next.version(), warnings);
    }

    List<String> changedThatMayNot(T old, T next) {
        List<String> changed = new ArrayList<>();
        for (Fixed<T> fixed : settings.fixed()) {
            try {
                boolean same =
                        calls.run(
                                () ->
                                        Objects.equals(
                                                fixed.part().apply(old), fixed.part().apply(next)),
                                _ -> {});
                if (same) {
                    continue;
                }
            } catch (CallFailed e) {
                Throwable cause = e.getCause();
                board.callbackFailed(
                        fixed.name(), cause == null ? new IllegalStateException("late") : cause);
            }
            changed.add(fixed.name());
        }
        return changed;
    }

    @SuppressWarnings("ReferenceEquality") // the same object needs no call of user code
    private boolean same(T a, T b) {
        if (a == b) {
            return true;
        }
        try {
            return calls.run(() -> a.equals(b), _ -> {});
        } catch (CallFailed e) {
            // one version too many does no harm
            return false;
        }
    }
}
