package io.patinox.memory.config.internal;

import io.patinox.memory.config.Origin;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// How names of keys are compared: `max-size`, `max_size`, `maxSize` and `MAX_SIZE` are the same.
final class Names {

    private Names() {}

    /// Returns what the spellings of a name have in common.
    static String relaxed(String name) {
        StringBuilder relaxed = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '-' && c != '_') {
                relaxed.append(c);
            }
        }
        return relaxed.toString().toLowerCase(Locale.ROOT);
    }

    /// Tells whether a value comes from environment variables.
    static boolean isEnvironment(Origin origin) {
        return origin.source().equals("env") || origin.source().startsWith("env ");
    }

    static boolean same(String a, String b) {
        return relaxed(a).equals(relaxed(b));
    }

    /// Returns the name that was probably meant, if one is near: a third of the letters may differ.
    static Optional<String> nearest(String name, Collection<String> known) {
        String wanted = relaxed(name);
        int limit = Math.max(1, Math.min(wanted.length(), 60) / 3);
        return known.stream()
                .filter(candidate -> distance(wanted, relaxed(candidate)) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(wanted, relaxed(candidate))));
    }

    /*
     * The optimal string alignment distance (Damerau 1964; Levenshtein 1965): the least number of
     * letters to insert, remove, replace or swap with their neighbour. Row i holds the distances of
     * the first i letters of a to all beginnings of b; a swap looks two rows back.
     */
    static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 20 || a.length() > 100) {
            return Integer.MAX_VALUE;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
