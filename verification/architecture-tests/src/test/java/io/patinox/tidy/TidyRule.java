package io.patinox.tidy;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules of the tidy test.
enum TidyRule {
    PRODUCTION_FILES_ARE_SMALL(SizeRules::bands),
    NO_FILE_IS_HUGE(SizeRules::files),
    METHODS_ARE_SMALL(SizeRules::methods),
    BLOBS_ARE_SMALL(SizeRules::blobs),
    THE_RATCHET_ONLY_TIGHTENS(SizeRules::ratchetFits),
    LINES_ARE_SHORT(JavaRules::lineLength),
    PACKAGES_ARE_DESCRIBED(JavaRules::packageInfo),
    NAMES_SAY_SOMETHING(JavaRules::names),
    NO_TEST_IS_SKIPPED(JavaRules::skippedTests),
    NO_TEST_SLEEPS(JavaRules::sleepingTests),
    TESTS_ARE_NAMED_ALIKE(JavaRules::testNames),
    LOCKS_ARE_PRIVATE(JavaRules::publicLocks),
    REMINDERS_NAME_AN_ISSUE(TidyRule::reminders),
    MARKDOWN_HAS_ONE_TITLE(MarkdownRules::singleTitle),
    LINKS_LEAD_SOMEWHERE(MarkdownRules::links),
    DOCS_NAME_NO_MACHINE(MarkdownRules::machinePaths),
    SNIPPETS_ARE_RUN(MarkdownRules::snippets),
    THE_CHANGELOG_IS_OPEN(MarkdownRules::changelog),
    RECORDS_HAVE_A_FORM(MarkdownRules::records);

    // put together so that this file does not name them itself
    private static final Pattern REMINDER =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b(?!.{0,3}#\\d)");

    private final Function<Tree, List<String>> violations;

    TidyRule(Function<Tree, List<String>> violations) {
        this.violations = violations;
    }

    /// What in a tree is against this rule: one line each.
    List<String> violations(Tree tree) {
        return violations.apply(tree);
    }

    private static List<String> reminders(Tree tree) {
        return tree.texts().stream()
                .filter(file -> !file.path().equals("mvnw"))
                .flatMap(file -> {
                    List<String> lines = file.lines();
                    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                            .filter(i -> REMINDER.matcher(lines.get(i)).find())
                            .map(i -> file.at(i + 1, "reminds of no issue"));
                })
                .toList();
    }
}
