package io.patinox.memory.resource;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// What the closing of a registry achieved. Immutable.
public final class CloseReport {
    private final ResourceBalance balance;
    private final List<Unclean> unclean;
    private final Duration elapsed;

    CloseReport(ResourceBalance balance, List<Unclean> unclean, Duration elapsed) {
        this.balance = Objects.requireNonNull(balance);
        this.unclean = List.copyOf(unclean);
        this.elapsed = Objects.requireNonNull(elapsed);
    }

    /// {@return what became of everything the registry ever acquired}
    public ResourceBalance balance() {
        return balance;
    }

    /// {@return each resource that was live when the closing began and is not cleaned up, and why}
    public List<Unclean> unclean() {
        return unclean;
    }

    /// {@return the time since the closing began}
    public Duration elapsed() {
        return elapsed;
    }

    /// {@return whether every resource that was live when the closing began is cleaned up}
    public boolean complete() {
        return unclean.isEmpty();
    }

    @Override
    public String toString() {
        return "CloseReport[" + balance + ", unclean=" + unclean + ", elapsed=" + elapsed + "]";
    }

    /// A resource that was not cleaned up.
    ///
    /// @param resource its name
    /// @param type its type
    /// @param reason why it was not cleaned up
    public record Unclean(String resource, String type, String reason) {}
}
