package io.patinox.contract.cache;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.patinox.memory.cache.Cache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Claim: the view as a map keeps the contract of a concurrent map, for every policy, every bound
/// and every way to expire, as Guava's test library has it.
class CacheAsMapTest {

    /// More than any test of the library puts in.
    private static final int CAPACITY = 10_000;

    private final List<Cache<String, String>> caches = new ArrayList<>();

    @TestFactory
    Stream<DynamicNode> asMap_everyKindOfCache_isAConcurrentMap() {
        List<Setup> setups = new ArrayList<>();
        for (String policy : Policies.all().keySet()) {
            setups.add(Setup.of(policy, Setup.Bound.ENTRIES, Setup.Ending.NEVER));
        }
        for (Setup.Bound bound : Setup.Bound.values()) {
            for (Setup.Ending ending : Setup.Ending.values()) {
                setups.add(Setup.of(Policies.ofDefault(), bound, ending));
            }
        }
        return setups.stream().distinct().map(setup -> container(suite(setup)));
    }

    private TestSuite suite(Setup setup) {
        return ConcurrentMapTestSuiteBuilder.using(
                        new TestStringMapGenerator() {
                            @Override
                            protected Map<String, String> create(
                                    Map.Entry<String, String>[] entries) {
                                return map(setup, entries);
                            }
                        })
                .named(setup.policy() + " " + setup.bound() + " " + setup.expiry())
                .withFeatures(
                        CollectionSize.ANY,
                        MapFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .createTestSuite();
    }

    private Map<String, String> map(Setup setup, Map.Entry<String, String>[] entries) {
        Cache<String, String> cache = setup.build(CAPACITY, new Witness());
        caches.add(cache);
        for (Map.Entry<String, String> entry : entries) {
            cache.put(entry.getKey(), entry.getValue());
        }
        return cache.asMap();
    }

    /// Shows a suite of JUnit 3 to JUnit's platform.
    private DynamicNode container(TestSuite suite) {
        Stream<DynamicNode> tests =
                Collections.list(suite.tests()).stream()
                        .map(test ->
                                switch (test) {
                                    case TestSuite inner -> container(inner);
                                    case TestCase single ->
                                            DynamicTest.dynamicTest(
                                                    single.getName(), () -> run(single));
                                    default ->
                                            throw new IllegalStateException(
                                                    "what is " + test + "?");
                                });
        return DynamicContainer.dynamicContainer(String.valueOf(suite.getName()), tests);
    }

    /// Runs a test, and closes the caches it made: an open one may have a thread.
    private void run(TestCase test) throws Throwable {
        try {
            test.runBare();
        } finally {
            caches.forEach(Cache::close);
            caches.clear();
        }
    }
}
