package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.PolicyNode;

/// What a [SegmentOrder] keeps in the [mark][PolicyNode#mark()] of an entry: its queue in the
/// lowest bit, its credit in the next five, a time of [Turnovers] in the highest ten.
final class Marks {

    private static final int CREDIT_SHIFT = 1;
    private static final int CREDIT_MASK = 31;
    private static final int TIME_SHIFT = 6;
    private static final int TIME_MASK = (1 << Turnovers.BITS) - 1;

    private Marks() {}

    static boolean isMain(PolicyNode node) {
        return (node.mark() & 1) != 0;
    }

    static int credit(PolicyNode node) {
        return (node.mark() >> CREDIT_SHIFT) & CREDIT_MASK;
    }

    static int time(PolicyNode node) {
        return (node.mark() >> TIME_SHIFT) & TIME_MASK;
    }

    static void set(PolicyNode node, boolean main, int credit, int time) {
        node.mark((short) ((time << TIME_SHIFT) | (credit << CREDIT_SHIFT) | (main ? 1 : 0)));
    }
}
