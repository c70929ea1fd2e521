package io.patinox.memory.cache.internal.policy;

import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.error.InvalidOptionException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The policies of the house. Stateless.
public final class Policies {

    /// The one that adapts.
    public static final EvictionPolicy ADAPTIVE = new AdaptivePolicy();

    /// Least recently used, exactly.
    public static final EvictionPolicy LRU =
            new NamedPolicy("lru", true, capacity -> new LruOrder());

    /// Least frequently used, with ageing.
    public static final EvictionPolicy LFU = new NamedPolicy("lfu", false, LfuOrder::new);

    /// First in, first out.
    public static final EvictionPolicy FIFO =
            new NamedPolicy("fifo", false, capacity -> new FifoOrder(false));

    /// First written, first out.
    public static final EvictionPolicy TTL =
            new NamedPolicy("ttl", false, capacity -> new FifoOrder(true));

    /// CLOCK.
    public static final EvictionPolicy CLOCK = new NamedPolicy("clock", false, ClockOrder::new);

    /// SIEVE.
    public static final EvictionPolicy SIEVE = new NamedPolicy("sieve", false, SieveOrder::new);

    /// S3-FIFO.
    public static final EvictionPolicy S3_FIFO =
            new NamedPolicy("s3-fifo", false, S3FifoOrder::new);

    /// W-TinyLFU.
    public static final EvictionPolicy W_TINY_LFU =
            new NamedPolicy("w-tinylfu", false, TinyLfuOrder::new);

    /// LIRS.
    public static final EvictionPolicy LIRS = new NamedPolicy("lirs", false, LirsOrder::new);

    /// GreedyDual-Size-Frequency.
    public static final EvictionPolicy GDSF = new NamedPolicy("gdsf", false, GdsfOrder::new);

    /// All of them, in the order in which they are listed for users.
    public static final List<EvictionPolicy> ALL =
            List.of(ADAPTIVE, LRU, LFU, FIFO, TTL, CLOCK, SIEVE, S3_FIFO, W_TINY_LFU, LIRS, GDSF);

    private Policies() {}

    /// Returns the names of all policies.
    ///
    /// @return the names, in the order of [#ALL]
    public static List<String> names() {
        return ALL.stream().map(EvictionPolicy::name).toList();
    }

    /// Returns the policy of a name.
    ///
    /// @param name the name; case, hyphens, underscores and blanks don't count
    /// @return the policy
    /// @throws InvalidOptionException if there is none of that name
    public static EvictionPolicy byName(@Nullable String name) {
        String wanted = relaxed(name == null ? "" : name);
        Optional<EvictionPolicy> found =
                ALL.stream().filter(policy -> relaxed(policy.name()).equals(wanted)).findFirst();
        return found.orElseThrow(() ->
                new InvalidOptionException(
                        "policy", name, "one of " + String.join(", ", names()), wayOut(wanted)));
    }

    private static String wayOut(String wanted) {
        return nearest(wanted)
                .map(near -> "did you mean " + near + "?")
                .orElse("choose one of them");
    }

    /// Returns the name that shares more than half of its pairs of letters with another text.
    private static Optional<String> nearest(String wanted) {
        String best = null;
        double bestLikeness = 0.4;
        for (String name : names()) {
            double likeness = likeness(pairs(wanted), pairs(relaxed(name)));
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /// The coefficient of Dice (1945): 1 if all pairs are shared, 0 if none is.
    private static double likeness(List<String> a, List<String> b) {
        long shared = a.stream().filter(b::contains).count();
        return 2.0 * shared / Math.max(1, a.size() + b.size());
    }

    private static List<String> pairs(String text) {
        String framed = "^" + text + "$";
        return text.isEmpty()
                ? List.of()
                : IntStream.range(0, framed.length() - 1)
                        .mapToObj(at -> framed.substring(at, at + 2))
                        .distinct()
                        .toList();
    }

    private static String relaxed(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }
}
