package io.patinox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {

    private static final String ROOT = "io.patinox.memory";
    private static final List<String> INTEGRATIONS =
            List.of("io.patinox.jdbc", "io.patinox.config.formats", "io.patinox.testkit");
    private static final List<String> PROGRAMS = List.of("io.patinox.cli", "io.patinox.benchmarks");

    private static final Map<String, JavaClasses> IMPORTED = new ConcurrentHashMap<>();
    private static final JavaClasses LIBRARY = classes(ROOT);
    private static final Layers LAYERS = new Layers(ROOT);

    @Test
    void classes_ofEveryModule_wereSeen() {
        assertThat(LIBRARY).hasSizeGreaterThan(100);
        for (String exported : exports(ROOT)) {
            assertThat(LIBRARY).anyMatch(type -> type.getPackageName().equals(exported));
        }
        for (String root : INTEGRATIONS) {
            assertThat(classes(root)).as(root).isNotEmpty();
        }
        for (String root : PROGRAMS) {
            assertThat(classes(root)).as(root).isNotEmpty();
        }
    }

    @Test
    void library_itsLayers_pointOneWay() {
        LAYERS.arrows().check(LIBRARY);
    }

    @Test
    void library_itsInternals_stayInTheirFeature() {
        LAYERS.internals().check(LIBRARY);
    }

    @Test
    void others_usingTheLibrary_useExportedPackages() {
        var exported = LAYERS.exportsOnly(exports(ROOT));

        INTEGRATIONS.forEach(root -> exported.check(classes(root)));
        PROGRAMS.forEach(root -> exported.check(classes(root)));
    }

    @Test
    void modules_theirInternals_areExportedToNobody() {
        for (String root : Stream.concat(Stream.of(ROOT), INTEGRATIONS.stream()).toList()) {
            assertThat(module(root).exports())
                    .as(root)
                    .noneMatch(export -> export.source().contains("internal"))
                    .noneMatch(ModuleDescriptor.Exports::isQualified);
        }
    }

    @Test
    void api_ofEveryLibrary_isClosedAndClean() {
        var library = new ApiRules(exports(ROOT));
        library.closedTypes().check(LIBRARY);
        library.signatures().check(LIBRARY);
        for (String root : INTEGRATIONS) {
            var integration = new ApiRules(exports(root));
            integration.closedTypes().check(classes(root));
            integration.signatures().check(classes(root));
        }
    }

    @Test
    void packages_ofEveryModule_areNullMarked() {
        ApiRules.nullMarked().check(LIBRARY);
        INTEGRATIONS.forEach(root -> ApiRules.nullMarked().check(classes(root)));
        PROGRAMS.forEach(root -> ApiRules.nullMarked().check(classes(root)));
    }

    @ParameterizedTest
    @EnumSource
    void libraries_badHabits_areAbsent(LibraryRules habit) {
        habit.rule().check(LIBRARY);
        INTEGRATIONS.forEach(root -> habit.rule().check(classes(root)));
    }

    /// The classes below one package, read once.
    private static JavaClasses classes(String root) {
        return IMPORTED.computeIfAbsent(root, new ClassFileImporter()::importPackages);
    }

    private static Set<String> exports(String root) {
        return module(root).exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    /// The descriptor of the module that the classes below a package come from.
    private static ModuleDescriptor module(String root) {
        JavaClass any = classes(root).iterator().next();
        Class<?> type = any.reflect();
        try {
            URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return ModuleFinder.of(Path.of(place)).findAll().iterator().next().descriptor();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
