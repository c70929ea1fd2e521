package io.patinox.benchmarks.hitratio;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/// The most hits that are possible, by one who knows what comes (Belady, 1966): out goes the key
/// whose next use is farthest. A key that never comes again is not let in.
final class Optimal {

    private static final int NEVER = Integer.MAX_VALUE;

    private Optimal() {}

    /// Returns the share of hits, in percent.
    static double ratio(int[] keys, int capacity) {
        int[] next = nextUses(keys);
        Map<Integer, Integer> held = new HashMap<>();
        // the next use of each key held, farthest first; what was used since is out of date
        PriorityQueue<long[]> farthest =
                new PriorityQueue<>(Comparator.comparingLong((long[] use) -> -use[0]));
        int hits = 0;
        for (int i = 0; i < keys.length; i++) {
            boolean hit = held.remove(keys[i]) != null;
            hits += hit ? 1 : 0;
            if (next[i] == NEVER) {
                continue;
            }
            held.put(keys[i], next[i]);
            farthest.add(new long[] {next[i], keys[i]});
            if (held.size() > capacity) {
                giveUp(held, farthest);
            }
        }
        return 100.0 * hits / keys.length;
    }

    private static void giveUp(Map<Integer, Integer> held, PriorityQueue<long[]> farthest) {
        long[] use = farthest.remove();
        while (held.getOrDefault((int) use[1], -1) != use[0]) {
            use = farthest.remove();
        }
        held.remove((int) use[1]);
    }

    private static int[] nextUses(int[] keys) {
        Map<Integer, Integer> coming = new HashMap<>();
        int[] next = new int[keys.length];
        for (int i = keys.length - 1; i >= 0; i--) {
            Integer use = coming.put(keys[i], i);
            next[i] = use == null ? NEVER : use;
        }
        return next;
    }
}
