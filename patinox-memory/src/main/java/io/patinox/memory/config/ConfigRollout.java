package io.patinox.memory.config;

import io.patinox.memory.error.ConfigRolloutException;
import io.patinox.memory.error.Options;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// A candidate that some subjects get and the others don't, until it is promoted or aborted.
///
/// {@snippet file="io/patinox/memory/examples/ConfigExamples.java" region="rollout"}
///
/// **Who gets it.** [LiveConfig#current(String)] asks for a subject, such as a user or a tenant. A
/// subject is in one of 100,000 buckets: MurmurHash3 x86 32 with seed 0 over the UTF-8 bytes of
/// salt, `:` and subject, times 100,000, divided by 2 to the 32nd. It gets the candidate if its
/// bucket is below the percentage. So whoever has it keeps it while the percentage grows; at 0
/// nobody has it, at 100 everybody, whatever the hash says; another salt means other subjects, and
/// the same salt the same ones. [LiveConfig#current()] never depends on it.
///
/// **Lifecycle.** One at a time. It ends when it is promoted, which makes the candidate the current
/// version as [LiveConfig#propose] does; when it is aborted, by a call or by its gate; when another
/// version becomes current, on which the candidate isn't based; or with the configuration.
///
/// Safe for use by any threads.
///
/// @param <T> the type of the configuration
public final class ConfigRollout<T extends Record> {
    private final ConfigRolloutBuilder<T> options;
    private final long base;
    // guarded by this; read anywhere
    private volatile int buckets;
    private volatile State state = State.RUNNING;
    private volatile String reason = "running";
    // of the loader's thread
    private int next;
    private long stepAt;
    private long gateAt;

    /// How far a rollout is.
    public enum State {
        /// Some subjects get the candidate.
        RUNNING,
        /// The candidate became current.
        PROMOTED,
        /// Nobody gets the candidate any more.
        ABORTED
    }

    /// A step of a plan.
    record Step(double percentage, Duration bake) {}

    ConfigRollout(ConfigRolloutBuilder<T> options, long base, long now) {
        this.options = options;
        this.base = base;
        this.stepAt = now;
        this.gateAt = now;
        List<Step> plan = options.plan();
        if (!plan.isEmpty()) {
            buckets = buckets(plan.getFirst().percentage());
            next = 1;
        }
    }

    private static int buckets(double percentage) {
        return (int) Math.round(percentage / 100 * RolloutHash.BUCKETS);
    }

    /// {@return the candidate}
    public T candidate() {
        return options.candidate();
    }

    /// {@return the salt}
    public String salt() {
        return options.salt();
    }

    /// {@return how much of all subjects get the candidate, from 0 to 100, in steps of 0.001}
    public double percentage() {
        return 100.0 * buckets / RolloutHash.BUCKETS;
    }

    /// {@return how far it is}
    public State state() {
        return state;
    }

    /// {@return why it ended, if it did}
    public Optional<String> reason() {
        return state == State.RUNNING ? Optional.empty() : Optional.of(reason);
    }

    /// Tells whether a subject gets the candidate.
    ///
    /// @param subject the subject
    /// @return whether; no after the rollout ended
    public boolean includes(String subject) {
        Options.required("subject", subject);
        int now = buckets;
        if (state != State.RUNNING || now == 0) {
            return false;
        }
        return now == RolloutHash.BUCKETS || RolloutHash.bucket(salt(), subject) < now;
    }

    /// Sets how much of all subjects get the candidate. Who has it keeps it if this is more than
    /// before. A plan goes on from here with its next step.
    ///
    /// @param percentage from 0 to 100; rounded to 0.001
    /// @throws ConfigRolloutException if it has ended
    public void percentage(double percentage) {
        int wanted = buckets(inRange(percentage));
        synchronized (this) {
            ensureRunning();
            buckets = wanted;
        }
        tell();
    }

    static double inRange(double percentage) {
        Options.consistent(
                percentage >= 0 && percentage <= 100,
                "percentage",
                percentage,
                "0 to 100",
                "choose one in that range");
        return percentage;
    }

    /// Makes the candidate the current version: participants must agree, everybody is told.
    ///
    /// @return what came of it; if it was refused the rollout goes on
    /// @throws ConfigRolloutException if it has ended
    /// @throws io.patinox.memory.error.ConfigException as for [LiveConfig#propose]
    public ReloadResult promote() {
        return options.config().promote(this);
    }

    /// Ends it; everybody gets the current version again. Does nothing if it has ended.
    ///
    /// @param why is told to people
    public void abort(String why) {
        options.config().rollouts().end(this, State.ABORTED, Options.text("why", why));
    }

    void ensureRunning() {
        if (state != State.RUNNING) {
            throw new ConfigRolloutException(options.config().name(), "it has ended: " + reason);
        }
    }

    synchronized boolean ended(State how, String why) {
        if (state != State.RUNNING) {
            return false;
        }
        reason = why;
        state = how;
        return true;
    }

    void tell() {
        String how = state + (state == State.ABORTED ? ": " + reason : "");
        options.config().rollouts().board().tellRollout(salt(), percentage(), how);
    }

    int buckets() {
        return buckets;
    }

    long base() {
        return base;
    }

    BooleanSupplier gate() {
        return options.gate();
    }

    boolean gateIsDue(long now) {
        if (now - gateAt < options.gateNanos()) {
            return false;
        }
        gateAt = now;
        return true;
    }

    /// Takes the next step of the plan if it is time, and tells whether the plan is through.
    boolean advance(long now) {
        List<Step> plan = options.plan();
        if (plan.isEmpty() || now - stepAt < plan.get(next - 1).bake().toNanos()) {
            return false;
        }
        if (next == plan.size()) {
            return true;
        }
        synchronized (this) {
            if (state == State.RUNNING) {
                buckets = Math.max(buckets, buckets(plan.get(next).percentage()));
            }
        }
        next++;
        stepAt = now;
        tell();
        return false;
    }

    long dueNanos(long now) {
        long gate = options.gateNanos() - (now - gateAt);
        List<Step> plan = options.plan();
        long step =
                plan.isEmpty()
                        ? Long.MAX_VALUE
                        : plan.get(next - 1).bake().toNanos() - (now - stepAt);
        return Math.max(1_000_000, Math.min(gate, step));
    }

    @Override
    public String toString() {
        return "ConfigRollout[" + salt() + ", " + percentage() + " %, " + state + "]";
    }
}
