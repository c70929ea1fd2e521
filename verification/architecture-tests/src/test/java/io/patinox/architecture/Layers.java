package io.patinox.architecture;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Set;

/// Who may know whom. The root is a parameter, so that samples can be held against the same rules.
final class Layers {

    private static final String BASE = "internal";
    private static final String[] LEAVES = {"share", "pool", "cache", "mmap", "config"};

    private final String root;

    Layers(String root) {
        this.root = root;
    }

    /// `internal` <- `error` <- `monitor` <- `resource` <- the leaves, which do not know each
    /// other; only `config` may use `share`. A layer may still be empty; a class outside of all may
    /// not be.
    ArchRule arrows() {
        LayeredArchitecture layers =
                layeredArchitecture()
                        .consideringOnlyDependenciesInLayers()
                        .withOptionalLayers(true)
                        .ensureAllClassesAreContainedInArchitecture();
        layers = layer(layers, BASE);
        layers = layer(layers, "error").whereLayer("error").mayOnlyAccessLayers(BASE);
        layers = layer(layers, "monitor");
        layers = layers.whereLayer("monitor").mayOnlyAccessLayers(BASE, "error");
        layers = layer(layers, "resource");
        layers = layers.whereLayer("resource").mayOnlyAccessLayers(BASE, "error", "monitor");
        for (String leaf : LEAVES) {
            layers = layer(layers, leaf);
        }
        for (String leaf : LEAVES) {
            layers =
                    leaf.equals("config")
                            ? layers.whereLayer(leaf)
                                    .mayOnlyAccessLayers(
                                            BASE, "error", "monitor", "resource", "share")
                            : layers.whereLayer(leaf)
                                    .mayOnlyAccessLayers(BASE, "error", "monitor", "resource");
        }
        return layers.whereLayer(BASE).mayNotAccessAnyLayer();
    }

    private LayeredArchitecture layer(LayeredArchitecture layers, String name) {
        return layers.layer(name).definedBy(root + "." + name + "..");
    }

    /// What is in a feature's `internal` package is used by that feature only.
    ArchRule internals() {
        return ArchRuleDefinition.classes()
                .should(
                        dependOnly(
                                "use internals of its own feature only",
                                used -> ownerOfInternals(used.getPackageName())));
    }

    private interface Owner {
        /// The package below which a class may be used, or the empty string for anywhere.
        String of(JavaClass used);
    }

    private String ownerOfInternals(String usedPackage) {
        int internal = (usedPackage + ".").indexOf(".internal.");
        return usedPackage.startsWith(root + ".") && internal >= 0
                ? usedPackage.substring(0, internal)
                : "";
    }

    /// Other modules use the packages that the library exports, and no others.
    ArchRule exportsOnly(Set<String> exported) {
        return ArchRuleDefinition.classes()
                .should(
                        dependOnly(
                                "use exported packages only",
                                used ->
                                        used.getPackageName().startsWith(root + ".")
                                                        && !exported.contains(used.getPackageName())
                                                ? root
                                                : ""));
    }

    private static ArchCondition<JavaClass> dependOnly(String description, Owner owner) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass().getBaseComponentType();
                    String allowed = owner.of(used);
                    if (!(user.getPackageName() + ".").startsWith(allowed + ".")
                            && !allowed.isEmpty()) {
                        events.add(
                                SimpleConditionEvent.violated(user, dependency.getDescription()));
                    }
                }
            }
        };
    }
}
