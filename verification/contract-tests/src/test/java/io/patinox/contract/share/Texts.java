package io.patinox.contract.share;

import io.patinox.memory.share.Copier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Copies lists of texts, and fails when it is told to.
final class Texts implements Copier<List<String>> {
    final AtomicInteger copies = new AtomicInteger();
    volatile boolean failing;

    static List<String> list(String... texts) {
        return new ArrayList<>(List.of(texts));
    }

    @Override
    public List<String> copy(List<String> source) {
        copies.incrementAndGet();
        if (failing) {
            throw new IllegalStateException("cannot copy");
        }
        return new ArrayList<>(source);
    }

    @Override
    public List<String> view(List<String> payload) {
        return Collections.unmodifiableList(payload);
    }
}
