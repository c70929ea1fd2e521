package io.patinox.memory.resource;

import org.jspecify.annotations.Nullable;

/// A function whose own exception type reaches its caller unwrapped.
///
/// @param <T> the type of the argument
/// @param <R> the type of the result
/// @param <X> what it may throw
@FunctionalInterface
public interface CheckedFunction<T, R extends @Nullable Object, X extends Exception> {
    /// Applies the function.
    ///
    /// @param argument the argument
    /// @return the result
    /// @throws X if the function fails
    R apply(T argument) throws X;
}
