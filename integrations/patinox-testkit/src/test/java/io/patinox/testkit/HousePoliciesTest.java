package io.patinox.testkit;

import io.patinox.memory.cache.EvictionPolicy;
import org.junit.jupiter.api.Nested;

/// The policies of the house keep the contract.
class HousePoliciesTest {

    @Nested
    class Adaptive implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.adaptive();
        }
    }

    @Nested
    class Lru implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.lru();
        }
    }

    @Nested
    class Lfu implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.lfu();
        }
    }

    @Nested
    class Fifo implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.fifo();
        }
    }

    @Nested
    class Ttl implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.ttl();
        }
    }

    @Nested
    class Clock implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.clock();
        }
    }

    @Nested
    class Sieve implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.sieve();
        }
    }

    @Nested
    class S3Fifo implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.s3Fifo();
        }
    }

    @Nested
    class TinyLfu implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.wTinyLfu();
        }
    }

    @Nested
    class Lirs implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.lirs();
        }
    }

    @Nested
    class Gdsf implements EvictionPolicyContract {
        @Override
        public EvictionPolicy policy() {
            return EvictionPolicy.gdsf();
        }
    }
}
