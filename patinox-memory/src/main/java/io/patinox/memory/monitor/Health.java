package io.patinox.memory.monitor;

import io.patinox.memory.error.Options;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a component does its job, and if not, why. Immutable; compares by value.
///
/// {@snippet file="io/patinox/memory/examples/MonitorExamples.java" region="health"}
public final class Health {

    /// How well a component does its job; later ones are worse.
    public enum Status {
        /// It does its job.
        UP,
        /// It does its job, but worse than it should.
        DEGRADED,
        /// It does not do its job.
        DOWN
    }

    /// Why a component is not up.
    ///
    /// @param code a stable name for programs, in the form of [Options#name(String, String)]
    /// @param text the reason for people
    public record Reason(String code, String text) {
        /// Checks both.
        public Reason {
            Options.name("code", code);
            Options.text("text", text);
        }

        @Override
        public String toString() {
            return code + " (" + text + ")";
        }
    }

    private static final Health UP = new Health(Status.UP, List.of());

    private final Status status;
    private final List<Reason> reasons;

    private Health(Status status, List<Reason> reasons) {
        this.status = status;
        this.reasons = reasons;
    }

    /// Returns the health of a component that does its job.
    ///
    /// @return UP, without reasons
    public static Health up() {
        return UP;
    }

    /// Returns the health of a component that does its job worse than it should.
    ///
    /// @param reasons why, at least one
    /// @return DEGRADED
    public static Health degraded(Reason... reasons) {
        return new Health(Status.DEGRADED, atLeastOne(reasons));
    }

    /// Returns the health of a component that does not do its job.
    ///
    /// @param reasons why, at least one
    /// @return DOWN
    public static Health down(Reason... reasons) {
        return new Health(Status.DOWN, atLeastOne(reasons));
    }

    /// Returns the health of a whole: as bad as its worst part, with the reasons of all parts.
    ///
    /// @param parts the parts; without any, the whole is up
    /// @return the worst status, and each reason once
    public static Health worst(Collection<Health> parts) {
        Options.required("parts", parts);
        Status worst = Status.UP;
        List<Reason> reasons = new ArrayList<>();
        for (Health part : parts) {
            worst = part.status.compareTo(worst) > 0 ? part.status : worst;
            reasons.addAll(part.reasons);
        }
        return worst == Status.UP ? UP : new Health(worst, reasons.stream().distinct().toList());
    }

    /// Returns how well the component does its job.
    ///
    /// @return the status
    public Status status() {
        return status;
    }

    /// Returns why the component is not up.
    ///
    /// @return the reasons; none if it is
    public List<Reason> reasons() {
        return reasons;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Health that
                && status == that.status
                && reasons.equals(that.reasons);
    }

    @Override
    public int hashCode() {
        return 31 * status.hashCode() + reasons.hashCode();
    }

    @Override
    public String toString() {
        return reasons.isEmpty() ? status.toString() : status + " " + reasons;
    }

    private static List<Reason> atLeastOne(Reason[] reasons) {
        Options.consistent(
                Options.required("reasons", reasons).length > 0,
                "reasons",
                "none",
                "at least one",
                "say why the component is not up");
        return List.of(reasons);
    }
}
