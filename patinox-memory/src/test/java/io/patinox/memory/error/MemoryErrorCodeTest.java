package io.patinox.memory.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.error.RecoveryStrategy.Fail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryErrorCodeTest {

    /// Programs, dashboards and runbooks rely on these: lines are added here, never changed.
    @Test
    void ids_ofAllCodes_neverChange() {
        assertThat(Failures.codes())
                .extracting(ErrorCode::id)
                .containsExactlyInAnyOrder(
                        "OPTION-INVALID",
                        "RESOURCE-CLOSED",
                        "RESOURCE-ACQUIRE-FAILED",
                        "RESOURCE-CLEANUP-FAILED",
                        "RESOURCE-CLEANUP-TIMEOUT",
                        "RESOURCE-REGISTRY-CLOSED",
                        "RESOURCE-INTERRUPTED",
                        "RESOURCE-LIMIT-REACHED",
                        "RESOURCE-CYCLE",
                        "POOL-ACQUIRE-TIMEOUT",
                        "POOL-CLOSED",
                        "POOL-INTERRUPTED",
                        "POOL-QUEUE-FULL",
                        "POOL-NESTED-ACQUIRE",
                        "POOL-CREATE-FAILED",
                        "POOL-CREATE-TIMEOUT",
                        "POOL-UNAVAILABLE",
                        "POOL-LEASE-RELEASED",
                        "SHARE-CLOSED",
                        "SHARE-REENTRANT",
                        "SHARE-TIMEOUT",
                        "SHARE-INTERRUPTED",
                        "SHARE-IMMUTABLE",
                        "CONFIG-SYNTAX",
                        "CONFIG-BINDING",
                        "CONFIG-TYPE",
                        "CONFIG-MIGRATION",
                        "CONFIG-SCHEMA",
                        "CONFIG-SECRET-DESTROYED",
                        "CONFIG-CLOSED",
                        "CONFIG-REJECTED",
                        "CONFIG-TIMEOUT",
                        "CONFIG-INTERRUPTED",
                        "CONFIG-REENTRANT",
                        "CONFIG-VERSION",
                        "CONFIG-ROLLOUT",
                        "CACHE-CLOSED",
                        "CACHE-RECURSIVE",
                        "CACHE-REENTRANT",
                        "CACHE-LOAD-FAILED",
                        "CACHE-LOAD-TIMEOUT",
                        "CACHE-INTERRUPTED",
                        "CACHE-SNAPSHOT-INVALID",
                        "MAPPING-LAYOUT",
                        "MAPPING-HEADER",
                        "MAPPING-MISMATCH",
                        "MAPPING-FAULT",
                        "MAPPING-VALUE",
                        "MAPPING-CLOSED",
                        "MAPPING-THREAD",
                        "MAPPING-STORAGE",
                        "MAPPING-LIMIT",
                        "MAPPING-LOCKED",
                        "MAPPING-DIRTY",
                        "MAPPING-STALE",
                        "MAPPING-INTERRUPTED",
                        "MAPPING-REENTRANT");
    }

    @ParameterizedTest
    @EnumSource
    void code_any_isCompletelyDescribed(MemoryErrorCode code) {
        assertThat(code.id()).isEqualTo(code.name().replace('_', '-'));
        assertThat(code).hasToString(code.id());
        assertThat(code.summary()).matches("[a-z].*[^.]");
        assertThat(code.remedy()).matches("[a-z].*[^.]");
        assertThat(code.strategy()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void code_any_hasAnExceptionThatCarriesIt(MemoryErrorCode code) {
        assertThat(Failures.of(code, null).code()).isSameAs(code);
    }

    @Test
    void wrappers_ofTheTable_failByThemselves() {
        assertThat(Failures.codes())
                .filteredOn(ErrorCode::wrapper)
                .containsExactly(
                        MemoryErrorCode.RESOURCE_ACQUIRE_FAILED,
                        MemoryErrorCode.RESOURCE_CLEANUP_FAILED,
                        MemoryErrorCode.POOL_CREATE_FAILED,
                        MemoryErrorCode.CACHE_LOAD_FAILED,
                        MemoryErrorCode.MAPPING_STORAGE)
                .allSatisfy(code -> assertThat(code.strategy()).isInstanceOf(Fail.class));
    }
}
