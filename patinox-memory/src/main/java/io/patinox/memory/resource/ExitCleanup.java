package io.patinox.memory.resource;

/// A cleanup that is told why it runs: after a success, a failure, a leak.
///
/// {@snippet file="io/patinox/memory/examples/ResourceExamples.java" region="exit"}
///
/// @param <T> the type of the resource
@FunctionalInterface
public interface ExitCleanup<T> extends Cleanup<T> {
    /// Cleans up.
    ///
    /// @param resource what was acquired
    /// @param exit why it is cleaned up
    /// @throws Exception if it failed
    void clean(T resource, Exit exit) throws Exception;

    /// Cleans up after an ordinary close.
    @Override
    default void clean(T resource) throws Exception {
        clean(resource, Exit.CLOSED);
    }
}
