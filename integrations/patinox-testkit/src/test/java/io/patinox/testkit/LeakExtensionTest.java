package io.patinox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.resource.LeakPolicy;
import io.patinox.memory.resource.LeakReport;
import io.patinox.testkit.samples.Around;
import io.patinox.testkit.samples.Leaky;
import io.patinox.testkit.samples.Parallel;
import io.patinox.testkit.samples.Simple;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.testkit.engine.EngineTestKit;

/// Claim: each leak fails the one test, class or run that it belongs to, and nothing else.
@Timeout(60)
class LeakExtensionTest {

    @BeforeEach
    void begin() {
        Leaky.begin(LeakPolicy.FAIL_TESTS);
    }

    @AfterEach
    void end() {
        Leaky.end();
    }

    @Test
    void tests_someLeak_thoseFail() {
        Map<String, Throwable> failures = Runs.failures(Simple.Mixed.class);

        assertThat(failures).containsOnlyKeys("leaksTwice()", "leaksToo()");
        assertThat(failures.get("leaksTwice()"))
                .isInstanceOf(LeakError.class)
                .hasMessageContaining("2 resources leaked")
                .hasMessageContaining("'first' of type 'text' of registry 'samples'")
                .hasMessageContaining("'second'")
                .hasMessageContaining(" ms after it was acquired, at\n")
                .hasMessageContaining("Simple$Mixed.leaksTwice(Simple.java:")
                .hasMessageNotContaining("io.patinox.memory.")
                .hasMessageNotContaining("org.junit.")
                .hasMessageNotContaining("'third'");
        assertThat(failures.get("leaksTwice()").getSuppressed()).hasSize(2);
        assertThat(failures.get("leaksToo()"))
                .asInstanceOf(InstanceOfAssertFactories.type(LeakError.class))
                .satisfies(error ->
                        assertThat(error.leaks())
                                .extracting(LeakReport::name)
                                .containsExactly("third"));
    }

    @Test
    void tests_failedAlready_keepTheirFailure() {
        Map<String, Throwable> failures = Runs.failures(Simple.Unhappy.class);

        assertThat(failures).hasSize(3);
        assertThat(failures.get("leaksAndFails()")).hasMessage("on its own");
        assertThat(failures.get("leaksAndFails()").getSuppressed())
                .singleElement()
                .isInstanceOf(LeakError.class);
        assertThat(failures.get("leaksAndAborts()")).isInstanceOf(LeakError.class);
        assertThat(failures.get("leaksAndInterrupts()")).isInstanceOf(LeakError.class);
    }

    @Test
    void method_alone_isWatchedAlone() {
        assertThat(Runs.failures(Simple.OneMethod.class)).containsOnlyKeys("watched()");
    }

    @Test
    void registry_closedInTheTest_findsWhatWasLost() {
        Map<String, Throwable> failures = Runs.failures(Simple.ClosesItsRegistry.class);

        assertThat(failures).containsOnlyKeys("leaksFromItsOwn()");
    }

    @Test
    void registry_ofAnotherPolicy_isNotWatched() {
        Leaky.begin(LeakPolicy.REPORT_AND_CLEAN);

        assertThat(Runs.failures(Simple.Mixed.class)).isEmpty();
    }

    @Test
    void leak_onPurpose_passes() {
        assertThat(Runs.failures(Simple.Expected.class)).isEmpty();
    }

    @Test
    void tests_derivedNestedAndMany_eachIsWatched() {
        Map<String, Throwable> failures = Runs.failures(Simple.Derived.class);

        assertThat(failures)
                .containsOnlyKeys(
                        "leaksTwice()",
                        "leaksToo()",
                        "leaksInside()",
                        "[1] leaks = true",
                        "leaksAmongMany()");
    }

    @Test
    void classes_beforeAndAfterAll_failThemselves() {
        Map<String, Throwable> failures = Runs.failures(Around.BeforeAndAfterAll.class);

        assertThat(failures).containsOnlyKeys("Around$BeforeAndAfterAll");
        assertThat(failures.values().iterator().next())
                .hasMessageContaining("'before all'")
                .hasMessageContaining("'after all'");
    }

    @Test
    void tests_beforeAndAfterEach_failWithThem() {
        Map<String, Throwable> failures = Runs.failures(Around.BeforeAndAfterEach.class);

        assertThat(failures).containsOnlyKeys("innocent()");
        assertThat(failures.get("innocent()")).hasMessageContaining("2 resources leaked");
    }

    @Test
    void tests_makingTheInstance_failWithIt() {
        assertThat(Runs.failures(Around.Making.class)).containsOnlyKeys("innocent()");
    }

    @Test
    void instance_keepsTheGuard_classFailsAndNamesTheTest() {
        Map<String, Throwable> failures = Runs.failures(Around.InAField.class);

        assertThat(failures).containsOnlyKeys("Around$InAField");
        assertThat(failures.get("Around$InAField"))
                .hasMessageContaining("'in a field'")
                .hasMessageContaining("by InAField.keeps(), at");
    }

    @Test
    void instance_closesTheGuard_passes() {
        assertThat(Runs.failures(Around.InAClosedField.class)).isEmpty();
    }

    @Test
    void leak_lostByALaterTest_isNotItsFault() {
        Map<String, Throwable> failures = Runs.failures(Around.Passed.class);

        assertThat(failures).containsOnlyKeys("Around$Passed");
        assertThat(failures.get("Around$Passed")).hasMessageContaining("by Passed.acquires()");
    }

    @Test
    void leak_foundAfterItsClass_failsTheRun() {
        Map<String, Throwable> failures =
                Runs.failures(Around.OneInstance.class, Simple.OneMethod.class);

        assertThat(failures).containsOnlyKeys("JUnit Jupiter", "watched()");
        assertThat(failures.get("JUnit Jupiter"))
                .hasMessageContaining("1 resource leaked")
                .hasMessageContaining("by OneInstance.keeps(), at");
    }

    @Test
    void parallel_placeTellsTheTest_thatFails() {
        assertThat(Runs.failures(parallel(Parallel.OnItsThread.class))).containsOnlyKeys("leaks()");
    }

    @Test
    void parallel_placeTellsNothing_classFails() {
        Map<String, Throwable> failures = Runs.failures(parallel(Parallel.OnAnotherThread.class));

        assertThat(failures).containsOnlyKeys("Parallel$OnAnotherThread");
        assertThat(failures.values().iterator().next())
                .hasMessageContaining("by one of [")
                .hasMessageContaining("OnAnotherThread.leaks()")
                .hasMessageContaining("OnAnotherThread.innocent()");
    }

    private static EngineTestKit.Builder parallel(Class<?> type) {
        return Runs.kit(type)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter(
                        "junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter(
                        "junit.jupiter.execution.parallel.config.executor-service",
                        "WORKER_THREAD_POOL")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter(
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "2");
    }

    @Test
    void patience_outOfRange_isRefused() {
        assertThat(Runs.failures(Simple.Impatient.class))
                .containsOnlyKeys("Simple$Impatient")
                .hasValueSatisfying(
                        new org.assertj.core.api.Condition<>(
                                InvalidOptionException.class::isInstance, "refused"));
    }

    @Test
    void stores_notClosed_isRefused() {
        EngineTestKit.Builder kit =
                Runs.kit(Simple.Mixed.class)
                        .configurationParameter(
                                "junit.jupiter.extensions.store.close.autocloseable.enabled",
                                "false");

        assertThat(Runs.failures(kit).values())
                .singleElement()
                .isInstanceOf(ExtensionConfigurationException.class);
    }
}
