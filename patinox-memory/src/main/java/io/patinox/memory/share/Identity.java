package io.patinox.memory.share;

import org.jspecify.annotations.Nullable;

/// Whether two references lead to the same object, whatever its `equals` says.
final class Identity {
    private Identity() {}

    @SuppressWarnings("ReferenceEquality") // what this is for
    static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }
}
