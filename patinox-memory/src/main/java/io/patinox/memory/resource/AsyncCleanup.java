package io.patinox.memory.resource;

import java.util.concurrent.CompletionStage;

/// A cleanup that ends when a stage completes. See [Cleanup#async].
///
/// @param <T> the type of the resource
@FunctionalInterface
public interface AsyncCleanup<T> {
    /// Begins to clean up.
    ///
    /// @param resource what was acquired
    /// @return completes when the resource is clean, exceptionally if that failed; not null
    /// @throws Exception if it could not even begin
    CompletionStage<?> clean(T resource) throws Exception;
}
