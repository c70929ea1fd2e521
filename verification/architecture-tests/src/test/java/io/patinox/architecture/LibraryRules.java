package io.patinox.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/// What a library does not do in somebody else's process.
enum LibraryRules {
    /// Standard streams belong to the program.
    NO_STANDARD_STREAMS(
            noClasses()
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err")
                    .orShould()
                    .callMethod(Throwable.class, "printStackTrace")),
    /// There may be a million virtual threads.
    NO_THREAD_LOCALS(
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            assignableTo(ThreadLocal.class)
                                    .or(assignableTo(InheritableThreadLocal.class)))),
    NO_UNSAFE(noClasses().should().dependOnClassesThat().haveFullyQualifiedName("sun.misc.Unsafe")),
    /// Whoever waits, waits for something.
    NO_SLEEP(
            noClasses()
                    .should()
                    .callMethodWhere(
                            target(
                                            owner(
                                                    assignableTo(Thread.class)
                                                            .or(assignableTo(TimeUnit.class))))
                                    .and(target(HasName.Predicates.name("sleep"))))),
    /// Anybody can take the lock of an object they can see.
    NO_PUBLIC_LOCKS(
            noMethods()
                    .that()
                    .areDeclaredInClassesThat()
                    .arePublic()
                    .should()
                    .haveModifier(JavaModifier.SYNCHRONIZED)),
    NO_JAVA_UTIL_LOGGING(
            // a data source has to say that it has no such logger, in a method that returns one
            noClasses()
                    .that()
                    .areNotAssignableTo("javax.sql.DataSource")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(Logger.class.getPackageName())),
    /// A caller can do nothing about an exception that has no type of its own.
    NO_GENERIC_EXCEPTIONS(noClasses().should().callConstructorWhere(makesGenericException()));

    private static final Set<String> GENERIC_NAMES =
            Set.of(
                    Throwable.class.getName(),
                    Exception.class.getName(),
                    RuntimeException.class.getName(),
                    Error.class.getName());

    private final ArchRule rule;

    LibraryRules(ArchRule rule) {
        this.rule = rule.allowEmptyShould(true);
    }

    ArchRule rule() {
        return rule;
    }

    /// A constructor call that is not the one with which a type of one's own begins.
    private static DescribedPredicate<JavaConstructorCall> makesGenericException() {
        return DescribedPredicate.describe(
                "makes an exception without a type of its own",
                call ->
                        GENERIC_NAMES.contains(call.getTargetOwner().getName())
                                && !call.getOriginOwner()
                                        .isAssignableTo(call.getTargetOwner().getName()));
    }
}
