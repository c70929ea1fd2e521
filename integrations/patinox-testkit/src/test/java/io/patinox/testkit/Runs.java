package io.patinox.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/// Runs classes of tests inside of a test.
final class Runs {
    private Runs() {}

    /// Runs all tests of classes, those of a class in the order of their annotations.
    ///
    /// @return what failed by name, with what; nothing for what did not fail
    static Map<String, Throwable> failures(Class<?>... classes) {
        return failures(
                kit(classes)
                        .configurationParameter(
                                "junit.jupiter.testmethod.order.default",
                                MethodOrderer.OrderAnnotation.class.getName()));
    }

    /// Prepares to run all tests of classes, in any order.
    static EngineTestKit.Builder kit(Class<?>... classes) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
        for (Class<?> type : classes) {
            kit.selectors(selectClass(type));
        }
        return kit;
    }

    /// {@return what failed by name, with what}
    static Map<String, Throwable> failures(EngineTestKit.Builder kit) {
        Map<String, Throwable> failures = new TreeMap<>();
        kit.execute()
                .allEvents()
                .finished()
                .filter(event -> result(event).getStatus() != TestExecutionResult.Status.SUCCESSFUL)
                .forEach(event ->
                        failures.put(
                                event.getTestDescriptor().getDisplayName(),
                                result(event).getThrowable().orElseThrow()));
        return failures;
    }

    private static TestExecutionResult result(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class);
    }
}
