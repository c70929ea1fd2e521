package io.patinox.memory.error;

import java.io.Serializable;

/// The stable identity of a failure: what a program, a dashboard or a runbook can rely on.
///
/// The library's own codes are in [MemoryErrorCode]. An integration brings an enum of its own and
/// throws subclasses of [IntegrationException]. Implementations are immutable, and an enum is the
/// form to choose: it is serialized by its name.
///
/// Codes are never reused for something else. New ones may appear in any release.
public interface ErrorCode extends Serializable {

    /// Returns the text that identifies the failure, for example `POOL-ACQUIRE-TIMEOUT`.
    ///
    /// @return upper-case words joined by hyphens; it never changes
    String id();

    /// Returns what the code means, in one sentence.
    ///
    /// @return one sentence without a full stop
    String summary();

    /// Returns what a developer or operator can do about it.
    ///
    /// @return one sentence without a full stop
    String remedy();

    /// Returns what a caller can do about it at run time, when no cause says otherwise.
    ///
    /// For a [wrapper][#wrapper()] this is what holds when the cause is unknown, so it is a
    /// [RecoveryStrategy.Fail].
    ///
    /// @return the strategy
    RecoveryStrategy strategy();

    /// Tells whether failures with this code only carry another failure.
    ///
    /// A wrapper has no strategy of its own: its cause decides, and an unknown cause means
    /// [RecoveryStrategy.Fail].
    ///
    /// @return whether the cause decides
    boolean wrapper();
}
