package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.ResourceBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// All live resources of a registry, and the counts of those that were.
///
/// The list is striped by thread, so that threads that acquire and close do not meet; a resource
/// stays in the stripe it was acquired in, whoever closes it. What one thread acquires is always in
/// one stripe, in order.
final class LiveResources {
    private static final int STRIPES_MAX = 64;

    private final Stripe[] stripes;
    private final int shift;

    LiveResources(int processors) {
        int wanted = Math.min(STRIPES_MAX, Math.max(1, processors) * 4);
        int size = Integer.highestOneBit(wanted * 2 - 1);
        stripes = new Stripe[size];
        shift = Long.numberOfLeadingZeros(size) + 1;
        for (int i = 0; i < size; i++) {
            stripes[i] = new PaddedStripe();
        }
    }

    /// {@return the number of the stripe of a thread}
    int home(Thread thread) {
        // the highest bits of a product with the golden ratio (Fibonacci hashing): consecutive ids,
        // as threads that are started together have, come to lie far apart
        return (int) ((thread.threadId() * 0x9E3779B97F4A7C15L) >>> shift);
    }

    Stripe stripe(int index) {
        return stripes[index & (stripes.length - 1)];
    }

    /// {@return the stripe that a resource is in}
    Stripe stripe(Tracked<?> tracked) {
        return stripe(Word.stripe(tracked.word()));
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

    /// {@return what is listed now, stripe by stripe, the newest of each before its older ones}
    List<Tracked<?>> list() {
        List<Tracked<?>> all = new ArrayList<>();
        walk(all::add);
        return all;
    }

    /// {@return a figure that changes when something is acquired or cleaned up on a caller's
    /// thread}
    long activity() {
        long sum = 0;
        for (Stripe stripe : stripes) {
            sum += stripe.acquiredRoughly() + stripe.cleanups;
        }
        return sum;
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
