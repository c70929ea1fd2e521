package io.patinox.tidy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The size bands: small files, small methods, and a ratchet for what is larger with good reason.
final class SizeRules {

    static final String RATCHET = "verification/architecture-tests/ratchet.txt";

    private static final int MEDIAN_LINES = 120;
    private static final int NINETIETH_PERCENTILE_LINES = 350;
    private static final int MAX_LINES = 600;
    private static final int MAX_METHOD_LINES = 70;
    private static final long MAX_BYTES = 200_000;

    private SizeRules() {}

    /// The typical production file of a module, and nine in ten of them.
    static List<String> bands(Tree tree) {
        Map<String, List<Integer>> modules =
                tree.java()
                        .filter(file -> file.isMain() && !file.name().endsWith("-info.java"))
                        .collect(
                                Collectors.groupingBy(
                                        TextFile::module,
                                        LinkedHashMap::new,
                                        Collectors.mapping(
                                                file -> file.lines().size(), Collectors.toList())));
        var violations = new ArrayList<String>();
        modules.forEach((module, sizes) -> {
            sizes.sort(Comparator.naturalOrder());
            exceeds(violations, module, "median", at(sizes, 0.5), MEDIAN_LINES);
            exceeds(
                    violations,
                    module,
                    "90th percentile",
                    at(sizes, 0.9),
                    NINETIETH_PERCENTILE_LINES);
        });
        return violations;
    }

    private static int at(List<Integer> sorted, double quantile) {
        return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
    }

    private static void exceeds(
            List<String> violations, String module, String what, int actual, int limit) {
        if (actual > limit) {
            violations.add(
                    "%s: the %s of its production files is %d lines, the limit is %d"
                            .formatted(module, what, actual, limit));
        }
    }

    /// The longest file, production and test, unless the ratchet holds an entry for it.
    static List<String> files(Tree tree) {
        Map<String, Ratchet> ratchet = ratchet(tree);
        return tree.java()
                .filter(f -> f.lines().size() > MAX_LINES && !ratchet.containsKey(f.path()))
                .map(f ->
                        f.at(
                                MAX_LINES,
                                "has %d lines, the limit is %d"
                                        .formatted(f.lines().size(), MAX_LINES)))
                .toList();
    }

    static List<String> methods(Tree tree) {
        return tree.java().flatMap(SizeRules::longMethods).toList();
    }

    private static Stream<String> longMethods(TextFile file) {
        return file.source().methods.stream()
                .filter(method -> method.linesOfCode() > MAX_METHOD_LINES)
                .map(method ->
                        file.at(
                                method.line(),
                                "method %s has %d lines of code, the limit is %d"
                                        .formatted(
                                                method.name(),
                                                method.linesOfCode(),
                                                MAX_METHOD_LINES)));
    }

    static List<String> blobs(Tree tree) {
        return tree.sizes().entrySet().stream()
                .filter(size -> size.getValue() > MAX_BYTES)
                .map(size -> "%s has %,d bytes".formatted(size.getKey(), size.getValue()))
                .toList();
    }

    /// Entries of the ratchet fit exactly: a file that grew is refused, one that shrank lowers its
    /// limit, one that is within the band leaves the list, and each names the record that allows
    /// it.
    static List<String> ratchetFits(Tree tree) {
        var violations = new ArrayList<String>();
        for (Ratchet entry : ratchet(tree).values()) {
            if (!tree.hasText(entry.path())) {
                violations.add(RATCHET + ": there is no " + entry.path());
                continue;
            }
            int actual = tree.text(entry.path()).lines().size();
            if (actual > entry.lines()) {
                violations.add(
                        "%s grew from %d to %d lines"
                                .formatted(entry.path(), entry.lines(), actual));
            } else if (actual <= MAX_LINES) {
                violations.add(RATCHET + ": take out " + entry.path() + ", it is within the band");
            } else if (actual < entry.lines()) {
                violations.add("%s: lower %s to %d lines".formatted(RATCHET, entry.path(), actual));
            }
            if (!tree.has(entry.record())) {
                violations.add(RATCHET + ": there is no record " + entry.record());
            }
        }
        return violations;
    }

    private record Ratchet(String path, int lines, String record) {}

    private static Map<String, Ratchet> ratchet(Tree tree) {
        if (!tree.hasText(RATCHET)) {
            return Map.of();
        }
        return tree.text(RATCHET).lines().stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" +"))
                .map(field -> new Ratchet(field[0], Integer.parseInt(field[1]), field[2]))
                .collect(Collectors.toMap(Ratchet::path, entry -> entry));
    }
}
