package io.patinox.faults;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Outcomes as text: a line for each trial, a column for each tier, and then what is wrong.
final class Table {
    private Table() {}

    static String of(List<Outcome> outcomes, String title) {
        Map<String, Map<Tier, Outcome>> rows = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            rows.computeIfAbsent(outcome.trial(), _ -> new EnumMap<>(Tier.class))
                    .put(outcome.tier(), outcome);
        }
        StringBuilder text = new StringBuilder(title).append('\n');
        text.append(String.format(Locale.ROOT, "%-44s", "trial"));
        for (Tier tier : Tier.values()) {
            text.append(String.format(Locale.ROOT, " %-9s", tier));
        }
        text.append('\n');
        rows.forEach((trial, row) -> {
            text.append(String.format(Locale.ROOT, "%-44s", trial));
            for (Tier tier : Tier.values()) {
                text.append(String.format(Locale.ROOT, " %-9s", word(row.get(tier))));
            }
            text.append('\n');
        });
        List<Outcome> wrong = outcomes.stream().filter(o -> !o.isRight()).toList();
        for (Outcome outcome : wrong) {
            text.append(
                    "WRONG %s in %s: %s %s%n"
                            .formatted(
                                    outcome.trial(),
                                    outcome.tier(),
                                    outcome.verdict(),
                                    outcome.remark()));
        }
        return text.append(
                        "%,d trials, %d of them wrong%n".formatted(outcomes.size(), wrong.size()))
                .toString();
    }

    private static String word(@org.jspecify.annotations.Nullable Outcome outcome) {
        if (outcome == null) {
            return "";
        }
        return outcome.isRight() ? outcome.verdict().name() : "!" + outcome.verdict();
    }
}
