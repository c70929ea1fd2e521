package io.patinox.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The program that runs trials, and may die of them: `TrialProgram TIER FILE-WITH-NAMES
/// PLACE=FOLDER...`. It ends with 0 if all came out right.
public final class TrialProgram {
    private TrialProgram() {}

    /// Runs trials.
    ///
    /// @param arguments the tier, a file with the names of the trials, and folders
    /// @throws IOException if the parent is gone
    public static void main(String[] arguments) throws IOException {
        Tier tier = Tier.valueOf(arguments[0]);
        List<String> names = Files.readAllLines(Path.of(arguments[1]));
        Map<Place, Path> folders = new EnumMap<>(Place.class);
        for (String argument : List.of(arguments).subList(2, arguments.length)) {
            int equals = argument.indexOf('=');
            folders.put(
                    Place.valueOf(argument.substring(0, equals)),
                    Path.of(argument.substring(equals + 1)));
        }
        var answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.exit(run(names, new Bench(tier, folders, answers)) ? 0 : 1);
    }

    @SuppressWarnings("SystemOut") // how the processes talk
    private static boolean run(List<String> names, Bench bench) {
        Map<String, Trial> all = Catalogue.all();
        boolean right = true;
        for (String name : names) {
            Trial trial = Objects.requireNonNull(all.get(name), name);
            System.out.println("BEGIN\t" + name);
            Outcome outcome = run(trial, bench);
            System.out.println(outcome.line());
            right &= outcome.isRight();
        }
        return right;
    }

    private static Outcome run(Trial trial, Bench bench) {
        try {
            return Outcome.of(trial, bench.tier(), trial.run(bench), "");
        } catch (Throwable e) {
            return Outcome.of(trial, bench.tier(), e);
        }
    }
}
