package io.patinox.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// Every rule has a tree it accepts and one, as close to it as can be, that it refuses.
class TidyRuleTest {

    private static final String MAIN = "lib/src/main/java/p/A.java";
    private static final String TEST = "lib/src/test/java/p/ATest.java";
    private static final String RECORD =
            "# R\n## Status\n## Context\n## Decision\n## Consequences\n";
    private static final String EXAMPLE =
            """
            class E {
                void e() {
                    // @start region="r"
                    int a = 1;

                    if (a > 0) { // @highlight
                        a++;
                    }
                    // @end
                }
            }
            """;

    static final List<Arguments> SAMPLES =
            List.of(
                    sample(
                            TidyRule.PRODUCTION_FILES_ARE_SMALL,
                            Tree.of(MAIN, lines(120), "lib/src/main/java/p/B.java", lines(350)),
                            Tree.of(MAIN, lines(121), "lib/src/main/java/p/B.java", lines(350))),
                    sample(
                            TidyRule.PRODUCTION_FILES_ARE_SMALL,
                            Tree.of(MAIN, lines(120), "lib/src/main/java/p/B.java", lines(350)),
                            Tree.of(MAIN, lines(120), "lib/src/main/java/p/B.java", lines(351))),
                    sample(
                            TidyRule.NO_FILE_IS_HUGE,
                            Tree.of(TEST, lines(600)),
                            Tree.of(TEST, lines(601))),
                    sample(
                            TidyRule.METHODS_ARE_SMALL,
                            Tree.of(MAIN, method(68)),
                            Tree.of(MAIN, method(69))),
                    sample(
                            TidyRule.BLOBS_ARE_SMALL,
                            new Tree(List.of(), Map.of("a.png", 200_000L)),
                            new Tree(List.of(), Map.of("a.png", 200_001L))),
                    sample(
                            TidyRule.THE_RATCHET_ONLY_TIGHTENS,
                            ratchet(700, lines(700)),
                            ratchet(700, lines(701))),
                    sample(
                            TidyRule.THE_RATCHET_ONLY_TIGHTENS,
                            ratchet(700, lines(700)),
                            ratchet(700, lines(699))),
                    sample(
                            TidyRule.THE_RATCHET_ONLY_TIGHTENS,
                            ratchet(700, lines(700)),
                            ratchet(700, lines(600))),
                    sample(
                            TidyRule.LINES_ARE_SHORT,
                            Tree.of(MAIN, "/".repeat(100)),
                            Tree.of(MAIN, "/".repeat(101))),
                    sample(
                            TidyRule.PACKAGES_ARE_DESCRIBED,
                            Tree.of(
                                    MAIN,
                                    "",
                                    "lib/src/main/java/p/package-info.java",
                                    "/// It.\n@NullMarked\npackage p;"),
                            Tree.of(
                                    MAIN,
                                    "",
                                    "lib/src/main/java/q/package-info.java",
                                    "/// It.\n@NullMarked\npackage q;")),
                    sample(
                            TidyRule.NAMES_SAY_SOMETHING,
                            Tree.of(MAIN, "class PgConnectionManager {}"),
                            Tree.of(MAIN, "class A { class PoolManager {} }")),
                    sample(
                            TidyRule.NO_TEST_IS_SKIPPED,
                            Tree.of(TEST, "class A { @Test void a() { consume(); } }"),
                            Tree.of(TEST, "class A { @Test @Disabled void a() {} }")),
                    sample(
                            TidyRule.NO_TEST_IS_SKIPPED,
                            Tree.of(TEST, "class A { @Test void a() { assertTrue(b); } }"),
                            Tree.of(TEST, "class A { @Test void a() { assumeTrue(b); } }")),
                    sample(
                            TidyRule.NO_TEST_SLEEPS,
                            Tree.of(TEST, "class A { /* Thread.sleep(1) */ }"),
                            Tree.of(TEST, "class A { void a() { Thread.sleep(1); } }")),
                    sample(
                            TidyRule.TESTS_ARE_NAMED_ALIKE,
                            Tree.of(TEST, "class A { @Test void pool_isEmpty_waits() {} }"),
                            Tree.of(TEST, "class A { @Test void poolWaits() {} }")),
                    sample(
                            TidyRule.LOCKS_ARE_PRIVATE,
                            Tree.of(MAIN, "class A { void a() { synchronized (this) {} } }"),
                            Tree.of(
                                    MAIN,
                                    "public class A { void a() { synchronized (this) {} } }")),
                    sample(
                            TidyRule.REMINDERS_NAME_AN_ISSUE,
                            Tree.of("a.sh", "# TO" + "DO(#12): it"),
                            Tree.of("a.sh", "# TO" + "DO: it")),
                    sample(
                            TidyRule.MARKDOWN_HAS_ONE_TITLE,
                            Tree.of("a.md", "# A\n```sh\n# b\n```\n"),
                            Tree.of("a.md", "# A\n# B\n")),
                    sample(
                            TidyRule.LINKS_LEAD_SOMEWHERE,
                            Tree.of("d/a.md", "[b](b.md#the-b) `[c](c)`", "d/b.md", "## The `b`!"),
                            Tree.of("d/a.md", "[b](../b.md)", "d/b.md", "# B")),
                    sample(
                            TidyRule.LINKS_LEAD_SOMEWHERE,
                            Tree.of("a.md", "[b](b.md#b)", "b.md", "# B"),
                            Tree.of("a.md", "[b](b.md#c)", "b.md", "# B")),
                    sample(
                            TidyRule.DOCS_NAME_NO_MACHINE,
                            Tree.of("a.md", "JAVA_HOME=/path/to/jdk, src/work/a"),
                            Tree.of("a.md", "JAVA_HOME=/ho" + "me/me/jdk")),
                    sample(
                            TidyRule.SNIPPETS_ARE_RUN,
                            snippet("r", "int a = 1;\n\nif (a > 0) {\n    a++;\n}\n"),
                            snippet("r", "int a = 2;\n\nif (a > 0) {\n    a++;\n}\n")),
                    sample(
                            TidyRule.SNIPPETS_ARE_RUN,
                            snippet("r", "int a = 1;\n\nif (a > 0) {\n    a++;\n}\n"),
                            snippet("s", "int a = 1;\n\nif (a > 0) {\n    a++;\n}\n")),
                    sample(
                            TidyRule.THE_CHANGELOG_IS_OPEN,
                            Tree.of("CHANGELOG.md", "# Changes\n## [Unreleased]\n"),
                            Tree.of("CHANGELOG.md", "# Changes\n## [1.0]\n")),
                    sample(
                            TidyRule.RECORDS_HAVE_A_FORM,
                            Tree.of("docs/adr/0001-a.md", RECORD),
                            Tree.of("docs/adr/0001-a.md", RECORD.replace("## Context\n", ""))),
                    sample(
                            TidyRule.RECORDS_HAVE_A_FORM,
                            Tree.of("docs/adr/0001-a.md", RECORD, "docs/adr/0002-b.md", RECORD),
                            Tree.of("docs/adr/0001-a.md", RECORD, "docs/adr/0001-b.md", RECORD)));

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void rule_goodAndBadSample_tellsThemApart(TidyRule rule, Tree good, Tree bad) {
        assertThat(rule.violations(good)).isEmpty();
        assertThat(rule.violations(bad)).hasSize(1);
    }

    @Test
    void rules_all_haveASample() {
        assertThat(SAMPLES.stream().map(sample -> sample.get()[0]).distinct())
                .hasSameElementsAs(Arrays.asList(TidyRule.values()));
    }

    private static Arguments sample(TidyRule rule, Tree good, Tree bad) {
        return Arguments.of(rule, good, bad);
    }

    private static String lines(int count) {
        return "//\n".repeat(count);
    }

    /// A method of this many statements, and two more lines around them, between comments.
    private static String method(int statements) {
        return "class A {\n  void a() {\n    // why\n\n"
                + String.join("", Collections.nCopies(statements, "    b();\n"))
                + "  }\n}\n";
    }

    private static Tree ratchet(int lines, String text) {
        return Tree.of(
                SizeRules.RATCHET,
                "# comment\n" + MAIN + " " + lines + " docs/adr/0001-a.md\n",
                MAIN,
                text,
                "docs/adr/0001-a.md",
                RECORD);
    }

    private static Tree snippet(String region, String shown) {
        return Tree.of(
                "src/E.java",
                EXAMPLE,
                "README.md",
                "# R\n\n<!-- snippet: src/E.java#" + region + " -->\n```java\n" + shown + "```\n");
    }
}
