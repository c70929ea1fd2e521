package io.patinox.memory.config;

import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.internal.BindOptions;
import io.patinox.memory.config.internal.Binder;
import io.patinox.memory.config.internal.Bound;
import io.patinox.memory.config.internal.Explanation;
import io.patinox.memory.config.internal.Sighting;
import io.patinox.memory.config.internal.Trees;
import io.patinox.memory.error.ConfigException;
import io.patinox.memory.error.ConfigSyntaxException;
import io.patinox.memory.internal.Describe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Makes a configuration of what was read. Pure: it changes nothing that others see.
///
/// Each file is parsed and brought to the present schema by itself, since an overlay may be newer
/// than the file it lies on, and values that come from elsewhere always are. Then the layers are
/// merged, bound and validated. Each stage goes through everything and collects all problems; the
/// next one begins if there are none.
///
/// @param <T> the type of the configuration
record Assembly<T>(
        Class<T> type,
        BindOptions options,
        List<ConfigValidator> validators,
        List<BiConsumer<? super T, ? super ConfigProblems>> validations) {

    /// A layer, and what was found there.
    record Reading(Layer layer, @Nullable Sighting sighting) {}

    /// What came of it: a value, or problems.
    record Candidate<T>(
            @Nullable T value,
            @Nullable Explanation explanation,
            ConfigStage stage,
            List<ConfigProblem> problems,
            List<ConfigProblem> warnings) {}

    Candidate<T> assemble(List<Reading> readings) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (Reading reading : readings) {
            missing(reading, problems);
        }
        if (!problems.isEmpty()) {
            return failed(ConfigStage.READ, problems);
        }
        List<Table> trees = new ArrayList<>();
        ConfigStage stage = ConfigStage.READ;
        for (Reading reading : readings) {
            ConfigStage reached = tree(reading, trees, problems);
            stage = reached.compareTo(stage) > 0 ? reached : stage;
        }
        if (!problems.isEmpty()) {
            return failed(stage, problems);
        }
        Bound<T> bound = Binder.bind(type, Trees.merge(type, trees), options);
        T value = bound.value();
        if (value == null || !bound.problems().isEmpty()) {
            return failed(ConfigStage.BIND, bound.problems());
        }
        problems.addAll(bound.withOrigins(validate(value)));
        return new Candidate<>(
                value, bound.explanation(), ConfigStage.VALIDATE, problems, bound.warnings());
    }

    private static void missing(Reading reading, List<ConfigProblem> problems) {
        Sighting sighting = reading.sighting();
        if (sighting == null || !(reading.layer() instanceof Layer.Watched file)) {
            return;
        }
        boolean wrong =
                switch (sighting.state()) {
                    case PRESENT -> false;
                    case ABSENT -> file.required();
                    case EMPTY, BROKEN -> true;
                };
        if (wrong) {
            problems.add(problem(file.source(), String.valueOf(sighting.problem())));
        }
    }

    private static ConfigStage tree(
            Reading reading, List<Table> trees, List<ConfigProblem> problems) {
        Layer layer = reading.layer();
        ConfigStage stage = layer instanceof Layer.OfSource ? ConfigStage.READ : ConfigStage.PARSE;
        try {
            Table tree = layer.tree(reading.sighting());
            if (layer instanceof Layer.OfFile file && isPresent(reading.sighting())) {
                stage = ConfigStage.MIGRATE;
                tree = file.migrations().migrate(tree);
            }
            trees.add(tree);
            return ConfigStage.READ;
        } catch (ConfigSyntaxException e) {
            Origin origin = new Origin(e.source(), e.line(), e.column());
            problems.add(new ConfigProblem("", detail(e, origin.toString()), origin));
            return stage;
        } catch (ConfigException e) {
            problems.add(problem(layer.source(), detail(e, layer.source())));
            return stage;
        } catch (Exception | StackOverflowError e) {
            problems.add(problem(layer.source(), "failed with " + Describe.type(e)));
            return stage;
        }
    }

    private static boolean isPresent(@Nullable Sighting sighting) {
        return sighting != null && sighting.state() == Sighting.State.PRESENT;
    }

    /// Validates a value, without origins.
    List<ConfigProblem> validate(T value) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (ConfigValidator validator : validators) {
            try {
                problems.addAll(validator.validate(value));
            } catch (RuntimeException | StackOverflowError e) {
                problems.add(threw(e));
            }
        }
        for (BiConsumer<? super T, ? super ConfigProblems> validation : validations) {
            ConfigProblems found = new ConfigProblems();
            try {
                validation.accept(value, found);
            } catch (RuntimeException | StackOverflowError e) {
                found.found().add(threw(e));
            }
            problems.addAll(found.found());
        }
        return problems;
    }

    private static ConfigProblem threw(Throwable failure) {
        // its message may hold a value that is not to be seen
        return problem("validation", "a validation failed with " + Describe.type(failure));
    }

    /// Returns what an exception says beyond its code, its place and its remedy.
    private static String detail(ConfigException e, String place) {
        String text = String.valueOf(e.getMessage());
        text = text.substring(text.indexOf(": ") + 2);
        text = text.startsWith(place + ": ") ? text.substring(place.length() + 2) : text;
        String remedy = "; " + e.code().remedy();
        boolean ends = text.endsWith(remedy);
        return Describe.line(ends ? text.substring(0, text.length() - remedy.length()) : text);
    }

    static ConfigProblem problem(String source, String message) {
        return new ConfigProblem("", message, Origin.of(source));
    }

    private Candidate<T> failed(ConfigStage stage, List<ConfigProblem> problems) {
        return new Candidate<>(null, null, stage, List.copyOf(problems), List.of());
    }
}
