package io.patinox.contract.cache;

import io.patinox.memory.cache.EvictionPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every policy of the library, by name.
final class Policies {

    private static final Map<String, EvictionPolicy> ALL = new LinkedHashMap<>();

    static {
        for (EvictionPolicy policy :
                List.of(
                        EvictionPolicy.adaptive(),
                        EvictionPolicy.lru(),
                        EvictionPolicy.lfu(),
                        EvictionPolicy.fifo(),
                        EvictionPolicy.ttl(),
                        EvictionPolicy.clock(),
                        EvictionPolicy.sieve(),
                        EvictionPolicy.s3Fifo(),
                        EvictionPolicy.wTinyLfu(),
                        EvictionPolicy.lirs(),
                        EvictionPolicy.gdsf())) {
            ALL.put(policy.name(), policy);
        }
    }

    private Policies() {}

    /// Returns the policies, that of whoever names none first.
    static Map<String, EvictionPolicy> all() {
        return ALL;
    }

    /// Returns the name of the policy of whoever names none.
    static String ofDefault() {
        return EvictionPolicy.adaptive().name();
    }

    static EvictionPolicy named(String name) {
        EvictionPolicy policy = ALL.get(name);
        if (policy == null) {
            throw new IllegalArgumentException("there is no policy " + name);
        }
        return policy;
    }
}
