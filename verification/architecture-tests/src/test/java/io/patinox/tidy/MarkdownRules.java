package io.patinox.tidy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rules over the documentation: it hangs together, and what it shows is what the tests run.
final class MarkdownRules {

    private static final Pattern LINK =
            Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)|^\\[[^]]+]: (\\S+)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.~}])/(home|work|root|tmp|Users)/");
    private static final Pattern SNIPPET = Pattern.compile("<!-- snippet: (\\S+)#(\\S+) -->");
    private static final Pattern RECORD = Pattern.compile("docs/adr/(\\d{4})-[a-z0-9-]+\\.md");
    private static final List<String> RECORD_HEADINGS =
            List.of("Status", "Context", "Decision", "Consequences");

    private MarkdownRules() {}

    static List<String> singleTitle(Tree tree) {
        return tree.markdown()
                .filter(file -> new Markdown(file).headings(1).size() != 1)
                .map(file -> file.path() + " must have exactly one heading of the first level")
                .toList();
    }

    static List<String> links(Tree tree) {
        return tree.markdown().flatMap(file -> deadLinks(tree, file)).toList();
    }

    private static Stream<String> deadLinks(Tree tree, TextFile file) {
        return new Markdown(file)
                .plainProse().stream()
                        .flatMap(line ->
                                LINK.matcher(line.text())
                                        .results()
                                        .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
                                        .filter(target -> isDead(tree, file, target))
                                        .map(t -> file.at(line.number(), "dead link " + t)));
    }

    private static boolean isDead(Tree tree, TextFile file, String target) {
        if (ELSEWHERE.matcher(target).matches()) {
            return false;
        }
        String[] parts = target.split("#", 2);
        String path = file.path();
        if (!parts[0].isEmpty()) {
            path = Path.of(file.folder()).resolve(parts[0]).normalize().toString();
            path = path.replace('\\', '/');
        }
        if (!path.isEmpty() && !tree.has(path)) {
            return true;
        }
        return parts.length > 1
                && path.endsWith(".md")
                && !new Markdown(tree.text(path)).hasAnchor(parts[1]);
    }

    static List<String> machinePaths(Tree tree) {
        return tree.markdown()
                .flatMap(file -> {
                    List<String> lines = file.lines();
                    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                            .filter(i -> MACHINE_PATH.matcher(lines.get(i)).find())
                            .map(i -> file.at(i + 1, "names a path of one machine"));
                })
                .toList();
    }

    /// A fence below a snippet comment holds the region of the file that the comment names.
    static List<String> snippets(Tree tree) {
        var violations = new ArrayList<String>();
        tree.markdown()
                .forEach(file -> {
                    var markdown = new Markdown(file);
                    for (Markdown.Line line : markdown.prose) {
                        Matcher snippet = SNIPPET.matcher(line.text());
                        if (snippet.matches()) {
                            String problem =
                                    snippetProblem(
                                            tree,
                                            markdown,
                                            line.number(),
                                            snippet.group(1),
                                            snippet.group(2));
                            if (!problem.isEmpty()) {
                                violations.add(file.at(line.number(), problem));
                            }
                        }
                    }
                });
        return violations;
    }

    private static String snippetProblem(
            Tree tree, Markdown markdown, int number, String path, String region) {
        if (!tree.hasText(path)) {
            return "shows a snippet of " + path + ", which does not exist";
        }
        var expected = Region.of(tree.text(path), region);
        if (expected.isEmpty()) {
            return "shows the region " + region + ", which " + path + " does not have";
        }
        return markdown.fences.stream()
                .filter(fence -> fence.number() == number + 1)
                .findFirst()
                .map(fence -> fence.text().equals(expected.get()) ? "" : "differs from " + path)
                .orElse("is followed by no fence");
    }

    static List<String> changelog(Tree tree) {
        if (tree.hasText("CHANGELOG.md")
                && new Markdown(tree.text("CHANGELOG.md")).headings(2).contains("[Unreleased]")) {
            return List.of();
        }
        return List.of("CHANGELOG.md has no section [Unreleased]");
    }

    /// Decision records have a number that no other has, and the four headings.
    static List<String> records(Tree tree) {
        var violations = new ArrayList<String>();
        var numbers = new ArrayList<String>();
        tree.markdown()
                .filter(file ->
                        file.folder().equals("docs/adr") && !file.name().equals("README.md"))
                .forEach(file -> {
                    Matcher name = RECORD.matcher(file.path());
                    if (!name.matches()) {
                        violations.add(file.path() + " is not named NNNN-words.md");
                        return;
                    }
                    if (numbers.contains(name.group(1))) {
                        violations.add(file.path() + ": its number is taken");
                    }
                    numbers.add(name.group(1));
                    var headings = new Markdown(file).headings(2);
                    if (!headings.containsAll(RECORD_HEADINGS)) {
                        violations.add(file.path() + " needs headings " + RECORD_HEADINGS);
                    }
                });
        return violations;
    }
}
