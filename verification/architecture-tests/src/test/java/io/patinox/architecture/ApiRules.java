package io.patinox.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// What the types are like that users see.
final class ApiRules {

    /// Open to users on purpose: integrations derive their exceptions from it.
    private static final Set<String> OPEN = Set.of("IntegrationException");

    private final DescribedPredicate<JavaClass> api;

    ApiRules(Set<String> exported) {
        this.api =
                DescribedPredicate.describe(
                        "are API",
                        type -> exported.contains(type.getPackageName()) && isVisible(type));
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(ApiRules::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC)
                || modifiers.contains(JavaModifier.PROTECTED);
    }

    /// Nobody can derive from what was not made for it.
    ArchRule closedTypes() {
        return ArchRuleDefinition.classes()
                .that(api)
                .should(
                        condition(
                                "be final, sealed, an interface, an enum, a record or listed",
                                type ->
                                        isClosed(type)
                                                ? Stream.empty()
                                                : Stream.of(type.getName() + " is open")))
                .allowEmptyShould(false);
    }

    private static boolean isClosed(JavaClass type) {
        return type.isInterface()
                || type.isEnum()
                || type.isRecord()
                || type.getModifiers().contains(JavaModifier.FINAL)
                || type.reflect().isSealed()
                || OPEN.contains(type.getSimpleName());
    }

    /// What users can name mentions nothing they cannot.
    ArchRule signatures() {
        return ArchRuleDefinition.classes()
                .that(api)
                .should(condition("mention no internal type", ApiRules::internalsMentioned))
                .allowEmptyShould(false);
    }

    private static Stream<String> internalsMentioned(JavaClass type) {
        Stream<String> members =
                Stream.concat(
                        type.getCodeUnits().stream()
                                .filter(member -> isVisible(member.getModifiers()))
                                .flatMap(ApiRules::internalsMentioned),
                        type.getFields().stream()
                                .filter(member -> isVisible(member.getModifiers()))
                                .flatMap(ApiRules::internalsMentioned));
        Stream<JavaType> parents =
                Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        return Stream.concat(members, parents.flatMap(parent -> internals(parent, type.getName())));
    }

    private static Stream<String> internalsMentioned(JavaCodeUnit member) {
        Stream<JavaType> types =
                Stream.concat(
                        Stream.concat(
                                Stream.of(member.getReturnType()),
                                member.getParameterTypes().stream()),
                        member.getExceptionTypes().stream().map(JavaType.class::cast));
        return types.flatMap(type -> internals(type, member.getFullName()));
    }

    private static Stream<String> internalsMentioned(JavaField member) {
        return internals(member.getType(), member.getFullName());
    }

    private static Stream<String> internals(JavaType type, String where) {
        return type.getAllInvolvedRawTypes().stream()
                .filter(raw -> (raw.getPackageName() + ".").contains(".internal."))
                .map(raw -> where + " mentions " + raw.getName());
    }

    /// Every package has made up its mind about null, except those that JMH generates.
    static ArchRule nullMarked() {
        return ArchRuleDefinition.classes()
                .that()
                .resideOutsideOfPackage("..jmh_generated")
                .should(
                        condition(
                                "be in a package that is @NullMarked",
                                type ->
                                        type.getPackage().isAnnotatedWith(NullMarked.class)
                                                ? Stream.empty()
                                                : Stream.of(type.getName() + " is not")));
    }

    private interface Check {
        Stream<String> violations(JavaClass type);
    }

    private static ArchCondition<JavaClass> condition(String description, Check check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.violations(type)
                        .forEach(what -> events.add(SimpleConditionEvent.violated(type, what)));
            }
        };
    }
}
