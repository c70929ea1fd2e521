package io.patinox.memory.resource;

/// How the life of a resource ended. A guard has exactly one outcome, and everybody who asks is
/// told the same.
public enum CleanupOutcome {
    /// The cleanup ran and returned.
    CLEANED,
    /// The cleanup ran and threw, or ended only because it was interrupted at its deadline.
    FAILED,
    /// The cleanup did not end in time, or was never started because the registry's budget to close
    /// was spent. A thread may still be inside it: Java cannot stop it.
    ABANDONED,
    /// The resource was taken out of its guard; whoever took it cleans it up.
    DETACHED
}
