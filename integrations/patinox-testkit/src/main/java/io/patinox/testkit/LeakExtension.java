package io.patinox.testkit;

import io.patinox.memory.error.Options;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/// Fails the test that leaked: that acquired a resource from a registry whose policy is
/// [FAIL_TESTS][io.patinox.memory.resource.LeakPolicy#FAIL_TESTS], and lost its guard before it was
/// closed.
///
/// {@snippet file="io/patinox/testkit/examples/TestkitExamples.java" region="extension"}
///
/// Register it with [FailOnLeak], with `@ExtendWith(LeakExtension.class)`, or as a field with
/// [#withPatience].
///
/// **What it does.** When a test has ended, with everything that is done after each, it has the
/// garbage collector run, and fails the test with a [LeakError] if something leaked that was
/// acquired since the test began, with the making of its instance. A test that has failed already
/// keeps its failure; the leaks are suppressed by it. Where nothing is open there is nothing to
/// collect, and a test costs some microseconds more; else two garbage collections.
///
/// **Whose a leak is.** That of the test in which the resource was acquired; never of a later one
/// in which it was only lost or found. What a test's instance still refers to when the test ends is
/// lost too late for the test to fail; then, as for all that is found late, the class fails when it
/// has ended, or else the run, and the message names the test. What was acquired outside of any
/// test, in a method before or after all, is the class's.
///
/// **In parallel.** A resource that was acquired while several tests ran is of the one whose method
/// or class is among the frames at its place. Where there is none, as on a thread that a test
/// started, no test fails: the first of the classes to end does, and names those it may be of. That
/// holds among tests that are watched; a leak of an unwatched test that runs at the same time looks
/// like one of a watched test's other threads.
///
/// **What it does not see.** Leaks in registries of another policy; guards that something still
/// refers to; with collectors that may choose not to collect an object, what they chose. If the
/// collector does not run when asked at all, as with `-XX:+DisableExplicitGC`, it says so and
/// fails.
public final class LeakExtension
        implements BeforeAllCallback, TestInstancePreConstructCallback, BeforeEachCallback {
    static final long PATIENCE_MILLIS = 2_000;

    private static final Namespace NAMESPACE = Namespace.create(LeakExtension.class);
    private static final String CLOSES =
            "junit.jupiter.extensions.store.close.autocloseable.enabled";
    private static final Duration PATIENCE_MIN = Duration.ofMillis(1);
    private static final Duration PATIENCE_MAX = Duration.ofMinutes(10);

    private final @Nullable Duration given;

    /// An extension as patient as the nearest [FailOnLeak] says, else 2 s.
    public LeakExtension() {
        this.given = null;
    }

    private LeakExtension(Duration given) {
        this.given = given;
    }

    /// Makes an extension for a field with `@RegisterExtension`.
    ///
    /// @param patience how long to look for leaks at most after each test and each class, 1 ms to
    ///   10 minutes
    /// @return an extension
    /// @throws io.patinox.memory.error.InvalidOptionException if it is out of range
    public static LeakExtension withPatience(Duration patience) {
        return new LeakExtension(Options.inRange("patience", patience, PATIENCE_MIN, PATIENCE_MAX));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        spanOfClass(context, true);
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(
            TestInstanceFactoryContext factory, ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            spanOfTest(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        spanOfTest(context);
    }

    // A span is closed with the store that it is in: that is the last thing that happens to a test,
    // and what is thrown then still fails it, or is suppressed by what it had failed with.

    private void spanOfTest(ExtensionContext context) {
        Span around = spanOfClass(context.getParent().orElseThrow(), false);
        Class<?> type = context.getRequiredTestClass();
        String method = context.getRequiredTestMethod().getName();
        String name = name(context, method);
        Store store = context.getStore(NAMESPACE);
        store.computeIfAbsent(
                Span.class,
                key -> open(context, Span.ofTest(name, around, type, method)),
                OpenSpan.class);
    }

    private static String name(ExtensionContext context, String method) {
        String shown = context.getDisplayName();
        return shown.startsWith(method) ? shown : method + " " + shown;
    }

    /// The span of the class that a context is of, or is inside of.
    private Span spanOfClass(ExtensionContext context, boolean wantsOwn) {
        ExtensionContext of = context;
        while (of.getTestMethod().isPresent()) {
            of = of.getParent().orElseThrow();
        }
        ExtensionContext ofClass = of;
        Class<?> type = of.getRequiredTestClass();
        return of.getStore(NAMESPACE)
                .computeIfAbsent(
                        of.getUniqueId(),
                        key -> open(ofClass, Span.ofClass(around(ofClass), type, wantsOwn)),
                        OpenSpan.class)
                .span();
    }

    private static @Nullable Span around(ExtensionContext nested) {
        ExtensionContext parent = nested.getParent().orElseThrow();
        return parent.getTestClass()
                .map(type -> parent.getStore(NAMESPACE).get(parent.getUniqueId(), OpenSpan.class))
                .map(OpenSpan::span)
                .orElse(null);
    }

    private OpenSpan open(ExtensionContext context, Span span) {
        Duration patience = patience(context);
        LeakLedger ledger =
                context.getRoot()
                        .getStore(NAMESPACE)
                        .computeIfAbsent(
                                LeakLedger.class,
                                key -> ledger(context, patience),
                                LeakLedger.class);
        ledger.begin(span);
        return new OpenSpan(ledger, span, patience);
    }

    private Duration patience(ExtensionContext context) {
        if (given != null) {
            return given;
        }
        long millis =
                AnnotationSupport.findAnnotation(context.getElement(), FailOnLeak.class)
                        .or(() -> ofClass(context))
                        .map(FailOnLeak::patienceMillis)
                        .orElse(PATIENCE_MILLIS);
        Options.inRange("patienceMillis", millis, PATIENCE_MIN.toMillis(), PATIENCE_MAX.toMillis());
        return Duration.ofMillis(millis);
    }

    private static Optional<FailOnLeak> ofClass(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(
                context.getRequiredTestClass(),
                FailOnLeak.class,
                context.getEnclosingTestClasses());
    }

    /// Begins to watch, if anything could be seen.
    private static LeakLedger ledger(ExtensionContext context, Duration patience) {
        if (context.getConfigurationParameter(CLOSES).filter("false"::equals).isPresent()) {
            throw new ExtensionConfigurationException(
                    "LeakExtension cannot see the end of a test while "
                            + CLOSES
                            + " is false: leave it at its default");
        }
        WeakReference<Object> lost = new WeakReference<>(new Object());
        if (!Collector.clears(lost, patience)) {
            throw new ExtensionConfigurationException(
                    "LeakExtension cannot find leaks: the garbage collector has not found a lost"
                            + " object within "
                            + patience.toMillis()
                            + " ms. Run tests without -XX:+DisableExplicitGC and with a collector"
                            + " that collects, or allow more patience");
        }
        return new LeakLedger(patience);
    }

    /// A span in a store.
    private record OpenSpan(LeakLedger ledger, Span span, Duration patience)
            implements AutoCloseable {
        @Override
        public void close() {
            ledger.end(span, patience);
        }
    }
}
