package io.patinox.contract.cache;

import io.patinox.memory.cache.EvictionPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every policy of the library, by name.
final class Policies {

    /// The policy of whoever names none.
    static final String DEFAULT = "default";

    private Policies() {}

    /// Returns all policies; null is the default.
    static Map<String, @Nullable EvictionPolicy> all() {
        Map<String, @Nullable EvictionPolicy> all = new LinkedHashMap<>();
        all.put(DEFAULT, null);
        return all;
    }
}
