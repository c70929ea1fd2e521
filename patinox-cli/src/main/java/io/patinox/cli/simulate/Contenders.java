package io.patinox.cli.simulate;

import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.error.InvalidOptionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Whose hits are counted: policies of the house, the optimum and Caffeine.
final class Contenders {

    private static final String TTL = "ttl";
    private static final int FARTHEST = 3;

    private Contenders() {}

    /// Returns all names that may be asked for.
    static List<String> names() {
        List<String> names = new ArrayList<>(EvictionPolicy.names());
        names.add(CaffeineContender.NAME);
        names.add(Optimum.NAME);
        return names;
    }

    /// Returns who takes part if nobody is named: all but `ttl`, which does the same as `fifo` as
    /// long as nothing is written twice.
    static List<Contender> usual() {
        return names().stream().filter(name -> !name.equals(TTL)).map(Contenders::of).toList();
    }

    /// Returns those of a list of names between commas, each once.
    static List<Contender> named(String list) {
        List<Contender> contenders = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            Contender one = of(part.strip());
            if (contenders.stream().noneMatch(other -> other.name().equals(one.name()))) {
                contenders.add(one);
            }
        }
        return contenders;
    }

    private static Contender of(String name) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case CaffeineContender.NAME -> {
                return new CaffeineContender();
            }
            case Optimum.NAME, "opt", "belady", "min" -> {
                return new Optimum();
            }
            default -> {
                try {
                    return new SimulatedShard(EvictionPolicy.byName(name));
                } catch (InvalidOptionException unknown) {
                    throw new BadInputException(
                            "'%s' is no policy%s; choose among %s"
                                    .formatted(name, meant(name), String.join(", ", names())));
                }
            }
        }
    }

    private static String meant(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return names().stream()
                .min(Comparator.comparingInt(known -> distance(wanted, known)))
                .filter(known -> distance(wanted, known) <= Math.min(FARTHEST, known.length() / 2))
                .map(known -> " (did you mean " + known + "?)")
                .orElse("");
    }

    /// The least number of letters to insert, remove or replace (Levenshtein, 1965).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
