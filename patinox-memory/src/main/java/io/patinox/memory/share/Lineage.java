package io.patinox.memory.share;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.Options;
import io.patinox.memory.error.ShareImmutableException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What all handles that stem from one have in common: how to copy, and what is counted. Nothing
/// here is written by a read, nor by a share of what is shared already.
final class Lineage<T> {
    final AtomicLong updates = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong copies = new AtomicLong();
    final AtomicLong copiesAvoided = new AtomicLong();
    final AtomicLong shares = new AtomicLong();
    private final @Nullable Copier<T> copier;

    Lineage(@Nullable Copier<T> copier) {
        this.copier = copier;
    }

    boolean isMutable() {
        return copier != null;
    }

    private Copier<T> copier(String call) {
        Copier<T> known = copier;
        if (known == null) {
            throw new ShareImmutableException(SharedData.NAME, call);
        }
        return known;
    }

    void requireMutable(String call) {
        Options.required("copier", copier(call));
    }

    T copy(T payload) {
        T copy = checkedCopy(copier("copy"), payload);
        copies.incrementAndGet();
        return copy;
    }

    T view(T payload) {
        return copier == null ? payload : Options.required("view", copier.view(payload));
    }

    /// Copies, and refuses a copy that is none: changes to it would reach those who hold the
    /// original.
    static <T> T checkedCopy(Copier<T> copier, T payload) {
        T copy = Options.required("copy", copier.copy(payload));
        if (Identity.same(copy, payload)) {
            throw new InvalidOptionException(
                    "copy",
                    "the payload itself",
                    "another object",
                    "let the copier make a copy that shares nothing mutable with its source");
        }
        return copy;
    }
}
