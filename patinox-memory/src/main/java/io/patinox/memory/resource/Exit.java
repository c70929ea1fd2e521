package io.patinox.memory.resource;

import io.patinox.memory.error.Options;

/// Why a resource is cleaned up: for cleanups that do different things after a success and after a
/// failure, as a transaction does that commits or rolls back. See [Cleanup#withExit].
///
/// New reasons may appear in any release, so a `switch` needs a default branch.
public sealed interface Exit {
    /// Its guard or its scope was closed, and nobody said that something had failed.
    Exit CLOSED = new Closed();

    /// Those for whom it was acquired asynchronously had gone when it came.
    Exit CANCELLED = new Cancelled();

    /// Its guard was lost.
    Exit LEAKED = new Leaked();

    /// Its registry is closed, or refused it because it was closing.
    Exit SHUTDOWN = new Shutdown();

    /// It had to make room under a limit, or was selected by [ResourceSelection#cleanup()].
    Exit EVICTED = new Evicted();

    /// See [Exit#CLOSED].
    record Closed() implements Exit {}

    /// The work it was acquired for failed.
    ///
    /// @param failure what it threw
    record Failed(Throwable failure) implements Exit {
        /// Checks that there is a failure.
        public Failed {
            Options.required("failure", failure);
        }
    }

    /// See [Exit#CANCELLED].
    record Cancelled() implements Exit {}

    /// See [Exit#LEAKED].
    record Leaked() implements Exit {}

    /// See [Exit#SHUTDOWN].
    record Shutdown() implements Exit {}

    /// See [Exit#EVICTED].
    record Evicted() implements Exit {}
}
