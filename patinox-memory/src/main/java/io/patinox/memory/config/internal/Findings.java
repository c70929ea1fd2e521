package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigProblem;
import io.patinox.memory.config.Origin;
import io.patinox.memory.internal.Describe;
import io.patinox.memory.internal.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects what is found while a tree is bound, and knows which paths are secret.
final class Findings {

    final List<ConfigProblem> problems = new ArrayList<>();
    final List<ConfigProblem> warnings = new ArrayList<>();
    private final List<Explanation.Entry> entries = new ArrayList<>();
    private final Map<String, Origin> origins = new LinkedHashMap<>();
    private final List<String[]> secretPaths;

    Findings(BindOptions options) {
        this.secretPaths = options.secretPaths().stream().map(Findings::steps).toList();
    }

    void problem(String path, String message, Origin origin) {
        problems.add(new ConfigProblem(path, message, origin));
    }

    void warning(String path, String message, Origin origin) {
        warnings.add(new ConfigProblem(path, message, origin));
    }

    /// Notes where a table or a sequence comes from.
    void visit(String path, Origin origin) {
        origins.put(path, origin);
    }

    /// Notes a plain value.
    void value(String path, Object value, boolean secret, Origin origin) {
        visit(path, origin);
        String shown = secret ? Secrets.MASK : Describe.value(value);
        entries.add(new Explanation.Entry(path, shown, origin));
    }

    Explanation explanation(Origin whole) {
        return new Explanation(entries, origins, whole);
    }

    /// Tells whether a path was declared to be secret, itself or as a part.
    boolean isSecret(String path) {
        String[] steps = steps(path);
        return secretPaths.stream()
                .anyMatch(secret -> secret.length <= steps.length && matches(secret, steps));
    }

    /// Tells whether a path, or anything below it, was declared to be secret.
    boolean holdsSecret(String path) {
        String[] steps = steps(path);
        return secretPaths.stream().anyMatch(secret -> matches(secret, steps));
    }

    private static boolean matches(String[] secret, String[] steps) {
        for (int i = 0; i < Math.min(secret.length, steps.length); i++) {
            if (!secret[i].equals("*") && !Names.same(secret[i], steps[i])) {
                return false;
            }
        }
        return true;
    }

    /// A place in a sequence is a step of its own: `a[0].b` and `a.*.b` have three.
    private static String[] steps(String path) {
        return path.isEmpty()
                ? new String[0]
                : path.replace("[", ".").replace("]", "").split("\\.");
    }
}
