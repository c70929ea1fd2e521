package io.patinox.architecture.samples.pool;

import io.patinox.architecture.samples.pool.internal.Slot;
import java.util.List;

public final class Mentions {

    public List<Slot> slots() {
        return List.of();
    }

    void own(Slot slot) {}
}
