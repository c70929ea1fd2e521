package io.patinox.memory.share;

import org.jspecify.annotations.Nullable;

/// Reads a value and its version.
@FunctionalInterface
interface VersionedFunction<T, R extends @Nullable Object> {
    R apply(T value, long version);
}
