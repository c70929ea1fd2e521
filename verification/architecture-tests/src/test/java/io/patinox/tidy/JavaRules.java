package io.patinox.tidy;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rules over Java files that the compiler and the formatter do not know.
final class JavaRules {

    private static final int MAX_COLUMNS = 100;
    private static final Pattern VAGUE_NAME =
            Pattern.compile(".*(Impl|Utils?|Helpers?|Manager|Placeholder)");
    private static final Pattern SKIPS = Pattern.compile("Disabled.*|Ignore|Enabled(On|If|For).*");
    private static final Pattern ASSUMES = Pattern.compile("(.*\\.)?assum(e[A-Z]\\w*|ingThat)");
    private static final Pattern TEST_NAME = Pattern.compile("[a-z]\\w*_[a-z]\\w*_[a-z]\\w*");
    private static final Pattern TEST_ANNOTATION =
            Pattern.compile("Test|ParameterizedTest|RepeatedTest|TestFactory");

    private JavaRules() {}

    static List<String> lineLength(Tree tree) {
        return tree.java()
                .flatMap(file -> {
                    List<String> lines = file.lines();
                    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                            .filter(i -> isTooLong(lines.get(i)))
                            .map(i ->
                                    file.at(
                                            i + 1,
                                            "is longer than %d columns".formatted(MAX_COLUMNS)));
                })
                .toList();
    }

    /// Imports cannot be broken, nor can a link in a comment.
    private static boolean isTooLong(String line) {
        return line.codePointCount(0, line.length()) > MAX_COLUMNS
                && !line.startsWith("import ")
                && !line.contains("://");
    }

    /// Every package of production code says what it is, and that null is marked.
    static List<String> packageInfo(Tree tree) {
        return tree.java()
                .filter(file -> file.isMain() && !file.name().equals("module-info.java"))
                .map(TextFile::folder)
                .distinct()
                .filter(folder -> !isDescribed(tree, folder + "/package-info.java"))
                .map(folder -> folder + " has no package-info.java with a comment and @NullMarked")
                .toList();
    }

    private static boolean isDescribed(Tree tree, String path) {
        return tree.hasText(path)
                && tree.text(path).text().startsWith("/// ")
                && tree.text(path).text().contains("@NullMarked");
    }

    static List<String> names(Tree tree) {
        return tree.java()
                .filter(TextFile::isMain)
                .flatMap(file ->
                        found(
                                file,
                                file.source().types,
                                JavaRules::isVague,
                                "says nothing by its name: "))
                .toList();
    }

    private static boolean isVague(String name) {
        return VAGUE_NAME.matcher(name).matches() && !name.endsWith("ConnectionManager");
    }

    static List<String> skippedTests(Tree tree) {
        return tree.java()
                .filter(TextFile::isTest)
                .flatMap(file -> {
                    var source = file.source();
                    return Stream.concat(
                            found(file, source.annotations, SKIPS, "may skip a test: @"),
                            found(file, source.calls, ASSUMES, "may skip a test: "));
                })
                .toList();
    }

    static List<String> sleepingTests(Tree tree) {
        return tree.java()
                .filter(TextFile::isTest)
                .flatMap(file ->
                        found(
                                file,
                                file.source().calls,
                                call -> call.endsWith("Thread.sleep"),
                                "sleeps, where it could wait for a condition: "))
                .toList();
    }

    /// A lock that anybody can take is no lock of ours. What nobody else sees may lock itself.
    static List<String> publicLocks(Tree tree) {
        return tree.java()
                .filter(TextFile::isMain)
                .flatMap(file ->
                        found(
                                file,
                                file.source().publicLocks,
                                lock -> lock.equals("(this)") || lock.endsWith(".class)"),
                                "locks what others can lock: "))
                .toList();
    }

    static List<String> testNames(Tree tree) {
        return tree.java()
                .filter(file -> file.isTest() && file.name().endsWith("Test.java"))
                .flatMap(JavaRules::oddTestNames)
                .toList();
    }

    private static Stream<String> oddTestNames(TextFile file) {
        var source = file.source();
        return source.methods.stream()
                .filter(method ->
                        source.annotations.stream()
                                .anyMatch(a ->
                                        a.line() == method.line()
                                                && TEST_ANNOTATION.matcher(a.what()).matches()))
                .filter(method -> !TEST_NAME.matcher(method.name()).matches())
                .map(method ->
                        file.at(
                                method.line(),
                                "is not named subject_condition_outcome: " + method.name()));
    }

    private static Stream<String> found(
            TextFile file, List<JavaSource.Found> all, Pattern wrong, String complaint) {
        return found(file, all, what -> wrong.matcher(what).matches(), complaint);
    }

    private static Stream<String> found(
            TextFile file, List<JavaSource.Found> all, Predicate<String> wrong, String complaint) {
        return all.stream()
                .filter(found -> wrong.test(found.what()))
                .map(found -> file.at(found.line(), complaint + found.what()));
    }
}
