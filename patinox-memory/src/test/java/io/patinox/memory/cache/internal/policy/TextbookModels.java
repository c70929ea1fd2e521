package io.patinox.memory.cache.internal.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The textbook's algorithms, as plainly as they can be written: room is made before a key comes
/// in, and each hit takes effect at once.
abstract class TextbookModels {

    final int capacity;

    TextbookModels(int capacity) {
        this.capacity = capacity;
    }

    /// Uses a key.
    ///
    /// @return whether it was there
    abstract boolean use(int key);

    double replay(int[] keys) {
        int hits = 0;
        for (int key : keys) {
            hits += use(key) ? 1 : 0;
        }
        return 100.0 * hits / keys.length;
    }

    static final class Lru extends TextbookModels {
        private final LinkedHashMap<Integer, Integer> map = new LinkedHashMap<>(16, 0.75f, true);

        Lru(int capacity) {
            super(capacity);
        }

        @Override
        boolean use(int key) {
            if (map.get(key) != null) {
                return true;
            }
            if (map.size() == capacity) {
                map.pollFirstEntry();
            }
            map.put(key, key);
            return false;
        }
    }

    static final class Fifo extends TextbookModels {
        private final LinkedHashSet<Integer> set = new LinkedHashSet<>();

        Fifo(int capacity) {
            super(capacity);
        }

        @Override
        boolean use(int key) {
            if (set.contains(key)) {
                return true;
            }
            if (set.size() == capacity) {
                set.removeFirst();
            }
            set.add(key);
            return false;
        }
    }

    /// A circle of places and a hand.
    static final class Clock extends TextbookModels {
        private final List<Integer> places = new ArrayList<>();
        private final Map<Integer, Boolean> used = new HashMap<>();
        private int hand;

        Clock(int capacity) {
            super(capacity);
        }

        @Override
        boolean use(int key) {
            if (used.containsKey(key)) {
                used.put(key, true);
                return true;
            }
            if (places.size() < capacity) {
                places.add(key);
            } else {
                while (used.get(places.get(hand))) {
                    used.put(places.get(hand), false);
                    hand = (hand + 1) % capacity;
                }
                used.remove(places.get(hand));
                places.set(hand, key);
                hand = (hand + 1) % capacity;
            }
            used.put(key, false);
            return false;
        }
    }

    /// A list, oldest first, and a hand.
    static final class Sieve extends TextbookModels {
        private final List<Integer> list = new ArrayList<>();
        private final Map<Integer, Boolean> used = new HashMap<>();
        private int hand;

        Sieve(int capacity) {
            super(capacity);
        }

        @Override
        boolean use(int key) {
            if (used.containsKey(key)) {
                used.put(key, true);
                return true;
            }
            if (list.size() == capacity) {
                hand = hand >= list.size() ? 0 : hand;
                while (used.get(list.get(hand))) {
                    used.put(list.get(hand), false);
                    hand = (hand + 1) % list.size();
                }
                used.remove(list.remove(hand));
                // at the end, the paper's hand starts anew even if somebody comes behind it
                hand = hand == list.size() ? 0 : hand;
            }
            list.add(key);
            used.put(key, false);
            return false;
        }
    }

    /// Counts in a map; of equal counts the key goes that has had its count longest.
    static final class Lfu extends TextbookModels {
        private final Map<Integer, Integer> counts = new LinkedHashMap<>();

        Lfu(int capacity) {
            super(capacity);
        }

        @Override
        boolean use(int key) {
            Integer count = counts.remove(key);
            if (count == null && counts.size() == capacity) {
                int least = Collections.min(counts.values());
                int victim =
                        counts.keySet().stream()
                                .filter(one -> counts.get(one) == least)
                                .findFirst()
                                .orElseThrow();
                counts.remove(victim);
            }
            counts.put(key, count == null ? 0 : count + 1);
            return count != null;
        }
    }

    /// The paper's pseudo code, with ghosts as a share of the capacity.
    static final class S3Fifo extends TextbookModels {
        private final Deque<Integer> small = new ArrayDeque<>();
        private final Deque<Integer> main = new ArrayDeque<>();
        private final LinkedHashSet<Integer> ghosts = new LinkedHashSet<>();
        private final Map<Integer, Integer> frequency = new HashMap<>();
        private final int ghostLimit;

        S3Fifo(int capacity, double ghostShare) {
            super(capacity);
            this.ghostLimit = (int) Math.max(1, capacity * ghostShare);
        }

        @Override
        boolean use(int key) {
            if (frequency.containsKey(key)) {
                frequency.merge(key, 1, (a, b) -> Math.min(3, a + b));
                return true;
            }
            if (small.size() + main.size() == capacity) {
                if (small.size() >= Math.max(1, capacity / 10)) {
                    evictSmall();
                } else {
                    evictMain();
                }
            }
            (ghosts.remove(key) ? main : small).addLast(key);
            frequency.put(key, 0);
            return false;
        }

        private void evictSmall() {
            while (!small.isEmpty()) {
                int key = small.removeFirst();
                if (frequency.get(key) <= 1) {
                    frequency.remove(key);
                    ghosts.add(key);
                    if (ghosts.size() > ghostLimit) {
                        ghosts.removeFirst();
                    }
                    return;
                }
                frequency.put(key, 0);
                main.addLast(key);
                if (main.size() > capacity - Math.max(1, capacity / 10)) {
                    evictMain();
                    return;
                }
            }
            evictMain();
        }

        private void evictMain() {
            while (true) {
                int key = main.removeFirst();
                int left = frequency.get(key);
                if (left == 0) {
                    frequency.remove(key);
                    return;
                }
                frequency.put(key, left - 1);
                main.addLast(key);
            }
        }
    }
}
