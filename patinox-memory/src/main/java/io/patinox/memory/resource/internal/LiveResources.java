package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.ResourceBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// All live resources of a registry, and the counts of those that were.
///
/// The list is striped by thread, so that threads that acquire and close do not meet; a resource
/// stays in the stripe it was acquired in, whoever closes it.
final class LiveResources {
    private static final int STRIPES_MAX = 64;

    private final Stripe[] stripes;

    LiveResources(int processors) {
        int wanted = Math.min(STRIPES_MAX, Math.max(1, processors) * 4);
        int size = Integer.highestOneBit(wanted * 2 - 1);
        stripes = new Stripe[size];
        for (int i = 0; i < size; i++) {
            stripes[i] = new PaddedStripe();
        }
    }

    boolean link(Tracked<?> tracked) {
        // consecutive ids, as virtual threads have, spread evenly by Fibonacci hashing
        long mixed = Thread.currentThread().threadId() * 0x9E3779B97F4A7C15L;
        int index = (int) (mixed >>> 32) & (stripes.length - 1);
        tracked.stripe = (byte) index;
        return stripes[index].link(tracked);
    }

    boolean settle(Tracked<?> tracked, byte end) {
        return stripes[tracked.stripe].settle(tracked, end);
    }

    boolean abandonUnstarted(Tracked<?> tracked) {
        return stripes[tracked.stripe].abandonUnstarted(tracked);
    }

    void countUnlisted(byte end) {
        stripes[0].countUnlisted(end);
    }

    void refuseNew() {
        for (Stripe stripe : stripes) {
            stripe.refuseNew();
        }
    }

    void walk(Consumer<Tracked<?>> visitor) {
        for (Stripe stripe : stripes) {
            stripe.walk(visitor);
        }
    }

    /// {@return what is listed now, the newest of each thread before its older ones}
    List<Tracked<?>> list() {
        List<Tracked<?>> all = new ArrayList<>();
        walk(all::add);
        return all;
    }

    ResourceBalance balance() {
        Stripe.Counts sum = new Stripe.Counts();
        long[] open = new long[1];
        for (Stripe stripe : stripes) {
            stripe.addCounts(sum);
            stripe.walk(tracked -> open[0]++);
        }
        return new ResourceBalance(
                sum.acquired, sum.cleaned, sum.failed, sum.abandoned, sum.detached, open[0]);
    }
}
