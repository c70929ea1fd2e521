package io.patinox.memory.config;

import io.patinox.memory.config.Calls.CallFailed;
import io.patinox.memory.config.ConfigParticipant.Prepared;
import io.patinox.memory.internal.Describe;
import io.patinox.memory.share.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Those who must agree to a change. Run by the loader's thread.
///
/// @param <T> the type of the configuration
final class Participants<T> {
    private final Calls calls;
    private final BiConsumer<String, Throwable> failures;
    private final List<Member<T>> members = new CopyOnWriteArrayList<>();

    Participants(Calls calls, BiConsumer<String, Throwable> failures) {
        this.calls = calls;
        this.failures = failures;
    }

    /// Somebody who prepares, until it is closed.
    private static final class Member<T> implements Subscription {
        private final List<Member<T>> members;
        private final ConfigParticipant<T> participant;
        private volatile boolean closed;

        Member(List<Member<T>> members, ConfigParticipant<T> participant) {
            this.members = members;
            this.participant = participant;
        }

        @Override
        public void close() {
            closed = true;
            members.remove(this);
        }

        @Override
        public boolean isClosed() {
            return closed;
        }
    }

    Subscription add(ConfigParticipant<T> participant) {
        Member<T> member = new Member<>(members, participant);
        members.add(member);
        return member;
    }

    int size() {
        return members.size();
    }

    /// All agreed, or why one did not.
    record Agreement(Deque<Prepared> prepared, @Nullable ConfigProblem veto) {}

    Agreement prepare(T old, T next) {
        Deque<Prepared> prepared = new ArrayDeque<>();
        for (Member<T> member : members) {
            if (member.isClosed()) {
                continue;
            }
            try {
                prepared.addLast(
                        calls.run(
                                () -> prepared(member.participant.prepare(old, next)),
                                this::rollBack));
            } catch (CallFailed e) {
                rollBack(prepared);
                return new Agreement(new ArrayDeque<>(), veto(member.participant, e));
            }
        }
        return new Agreement(prepared, null);
    }

    private static Prepared prepared(@Nullable Prepared change) {
        if (change == null) {
            throw new NullPointerException("ConfigParticipant.prepare() returned null");
        }
        return change;
    }

    private ConfigProblem veto(ConfigParticipant<T> participant, CallFailed failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof Error) {
            failures.accept("prepare", cause);
        }
        return Assembly.problem(
                "participant " + Describe.type(participant),
                failed.isLate() || cause == null
                        ? "did not agree in time"
                        : "refused: " + Describe.failure(cause));
    }

    void commit(Deque<Prepared> prepared) {
        prepared.forEach(change -> run("commit", change::commit));
    }

    void rollBack(Deque<Prepared> prepared) {
        prepared.descendingIterator().forEachRemaining(change -> run("rollback", change::rollback));
    }

    private void rollBack(Prepared late) {
        try {
            late.rollback();
        } catch (Throwable failure) {
            failures.accept("rollback", failure);
        }
    }

    /// What users wrote, and may fail.
    private interface Step {
        void run() throws Exception;
    }

    private void run(String what, Step step) {
        try {
            calls.runAnyhow(() -> {
                step.run();
                return Boolean.TRUE;
            });
        } catch (CallFailed e) {
            Throwable cause = e.getCause();
            failures.accept(
                    what, cause == null ? new IllegalStateException("it took too long") : cause);
        }
    }
}
