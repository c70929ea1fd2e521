package io.patinox.memory.mmap;

/// What is done with a slice as long as it may be used, without a result.
///
/// @param <S> the slice: a [MappedSlice] or a [MutableMappedSlice]
/// @param <X> what it may throw, which reaches its caller unwrapped
@FunctionalInterface
public interface MappedBody<S, X extends Exception> {
    /// Uses the slice.
    ///
    /// @param slice the slice, of no use after the body has ended
    /// @throws X if the body fails
    void accept(S slice) throws X;
}
