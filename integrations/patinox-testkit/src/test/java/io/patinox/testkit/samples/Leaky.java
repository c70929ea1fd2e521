package io.patinox.testkit.samples;

import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.LeakPolicy;
import io.patinox.memory.resource.ResourceRegistry;

/// What the samples acquire, and lose.
public final class Leaky {
    private static ResourceRegistry registry = open(LeakPolicy.FAIL_TESTS);

    private Leaky() {}

    public static void begin(LeakPolicy policy) {
        registry.close();
        registry = open(policy);
    }

    public static void end() {
        registry.close();
    }

    static ResourceRegistry open(LeakPolicy policy) {
        return ResourceRegistry.builder("samples").leakPolicy(policy).build();
    }

    static ResourceRegistry registry() {
        return registry;
    }

    static AsyncResourceGuard<String> acquire(String name) {
        return acquire(registry, name);
    }

    static AsyncResourceGuard<String> acquire(ResourceRegistry from, String name) {
        return from.request("text", () -> name, text -> {}).name(name).acquire();
    }

    static void leak(String name) {
        AsyncResourceGuard<String> _ = acquire(name);
    }
}
