package io.patinox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real rules refuse a small library that breaks each of them.
class LayersTest {

    private static final String ROOT = "io.patinox.architecture.samples";
    private static final JavaClasses SAMPLES = new ClassFileImporter().importPackages(ROOT);
    private static final Layers LAYERS = new Layers(ROOT);

    @Test
    void arrows_wrongDirection_areNamed() {
        List<String> violations = violations(LAYERS::arrows);

        assertThat(violations).anyMatch(v -> v.contains("ErrorKnowsMonitor"));
        assertThat(violations).anyMatch(v -> v.contains("PoolKnowsShare"));
        assertThat(violations).anyMatch(v -> v.contains("Stray"));
        assertThat(violations).noneMatch(v -> v.contains("ConfigKnowsShare"));
    }

    @Test
    void internals_otherFeature_areRefused() {
        List<String> violations = violations(LAYERS::internals);

        assertThat(violations).isNotEmpty().allMatch(v -> v.contains("CacheUsesInternals"));
    }

    @Test
    void exports_packageInside_isRefused() {
        var exported = Set.of(ROOT + ".share", ROOT + ".monitor");

        List<String> violations = violations(() -> LAYERS.exportsOnly(exported));

        assertThat(violations).isEmpty();
        assertThat(violations(() -> new Layers("java").exportsOnly(Set.of("java.lang"))))
                .anyMatch(v -> v.contains("java.util.List"));
    }

    @Test
    void api_openOrLeaking_isRefused() {
        var rules = new ApiRules(Set.of(ROOT + ".pool", ROOT + ".share"));

        assertThat(violations(rules::closedTypes)).singleElement().asString().contains("Shared");
        assertThat(violations(rules::signatures))
                .singleElement()
                .asString()
                .contains("Mentions.slots()")
                .contains("Slot");
    }

    @Test
    void nullness_packageWithoutMark_isRefused() {
        List<String> violations = violations(ApiRules::nullMarked);

        assertThat(violations).anyMatch(v -> v.contains("Slot"));
        assertThat(violations).noneMatch(v -> v.contains("Habits"));
    }

    @ParameterizedTest
    @EnumSource
    void habits_each_isRefused(LibraryRules habit) {
        List<String> violations = violations(habit::rule);

        assertThat(violations).isNotEmpty().allMatch(v -> v.contains("Habits"));
        assertThat(violations).noneMatch(v -> v.contains("Typed"));
        assertThat(violations).noneMatch(v -> v.contains("Private"));
    }

    private static List<String> violations(Supplier<ArchRule> rule) {
        return rule.get().evaluate(SAMPLES).getFailureReport().getDetails();
    }
}
