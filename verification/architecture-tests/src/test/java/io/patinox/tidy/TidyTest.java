package io.patinox.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TidyTest {

    private static final Tree TREE = Tree.ofThisProject();

    @ParameterizedTest
    @EnumSource
    void tree_everyRule_isKept(TidyRule rule) {
        assertThat(rule.violations(TREE)).isEmpty();
    }

    @Test
    void tree_thisProject_wasSeen() {
        assertThat(TREE.java().filter(TextFile::isMain)).hasSizeGreaterThan(10);
        assertThat(TREE.java().filter(TextFile::isTest)).hasSizeGreaterThan(10);
        assertThat(TREE.markdown()).hasSizeGreaterThan(3);
        assertThat(TREE.has("patinox-memory/src/main/java/module-info.java")).isTrue();
        assertThat(TREE.sizes().keySet()).noneMatch(path -> path.contains("target/"));
    }
}
