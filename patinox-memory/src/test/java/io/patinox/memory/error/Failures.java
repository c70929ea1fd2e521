package io.patinox.memory.error;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One exception for every code, and everything that wraps one.
final class Failures {

    private Failures() {}

    /// Returns an exception with a code and, if its type has one, a cause.
    static PatinoxException of(MemoryErrorCode code, @Nullable Throwable cause) {
        Throwable some = cause == null ? new IOException("refused") : cause;
        return switch (code) {
            case OPTION_INVALID -> new InvalidOptionException("maxSize", 0, "1 to 10", "raise it");
            case RESOURCE_CLOSED -> new ResourceClosedException("file-7", "closed");
            case RESOURCE_ACQUIRE_FAILED -> new ResourceAcquireException("file", some);
            case RESOURCE_CLEANUP_FAILED -> new CleanupFailedException("file-7", 3, some);
            case RESOURCE_CLEANUP_TIMEOUT ->
                    new CleanupTimeoutException("file-7", Duration.ofSeconds(30));
            case RESOURCE_REGISTRY_CLOSED -> new RegistryClosedException("files");
            case RESOURCE_INTERRUPTED ->
                    new ResourceInterruptedException("file-7", "close", new InterruptedException());
            case RESOURCE_LIMIT_REACHED ->
                    new ResourceLimitException("file", 10, 0, "it is reached");
            case RESOURCE_CYCLE -> new ResourceCycleException(List.of("a", "b", "a"));
            case POOL_ACQUIRE_TIMEOUT ->
                    new PoolAcquireTimeoutException(
                            "orders", Duration.ofMillis(250), 9, 10, 4, cause);
            case POOL_CLOSED -> new PoolClosedException("orders");
            case POOL_INTERRUPTED ->
                    new PoolInterruptedException("orders", new InterruptedException());
            case POOL_QUEUE_FULL -> new PoolQueueFullException("orders", 5_000, 5_000);
            case POOL_NESTED_ACQUIRE -> new PoolNestedAcquireException("orders", 1, 10, cause);
            case POOL_CREATE_FAILED -> new PoolCreateException("orders", 2, some);
            case POOL_CREATE_TIMEOUT ->
                    new PoolCreateTimeoutException("orders", Duration.ofSeconds(10));
            case POOL_UNAVAILABLE -> new PoolUnavailableException("orders", 3, some);
            case POOL_LEASE_RELEASED -> new LeaseReleasedException("orders");
            case SHARE_CLOSED -> new ShareClosedException("prices");
            case SHARE_REENTRANT -> new ShareReentrantException("prices", "write", "read");
            case SHARE_TIMEOUT ->
                    new ShareTimeoutException("prices", "write", Duration.ofMillis(250));
            case SHARE_INTERRUPTED ->
                    new ShareInterruptedException("prices", "read", new InterruptedException());
            case SHARE_IMMUTABLE -> new ShareImmutableException("prices", "mutate");
            case CONFIG_SYNTAX -> new ConfigSyntaxException("file app.yaml", 3, 5, "no colon");
            case CONFIG_BINDING -> new ConfigBindingException("AppConfig", List.of("port: no"));
            case CONFIG_TYPE -> new ConfigTypeException("AppConfig", "it is no record");
            case CONFIG_MIGRATION -> new ConfigMigrationException("file app.yaml", 1, 2, some);
            case CONFIG_SCHEMA -> new ConfigSchemaException("file app.yaml", 9, 1, 3);
            case CONFIG_SECRET_DESTROYED -> new SecretDestroyedException();
            case CONFIG_CLOSED -> new ConfigClosedException("app");
            case CONFIG_REJECTED -> new ConfigRejectedException("app", "BIND", List.of("port: no"));
            case CONFIG_TIMEOUT ->
                    new ConfigTimeoutException("app", "reload", Duration.ofMillis(250));
            case CONFIG_INTERRUPTED ->
                    new ConfigInterruptedException("app", "reload", new InterruptedException());
            case CONFIG_REENTRANT -> new ConfigReentrantException("app");
            case CONFIG_VERSION -> new ConfigVersionException("app", 9, 2, 4);
            case CONFIG_ROLLOUT -> new ConfigRolloutException("app", "another one is running");
            case CACHE_CLOSED -> new CacheClosedException("prices");
            case CACHE_RECURSIVE -> new CacheRecursiveException("prices", List.of("a", "b", "a"));
            case CACHE_REENTRANT ->
                    new CacheReentrantException("prices", "put", "evictionListener");
            case CACHE_LOAD_FAILED -> new CacheLoadException("prices", "a", some);
            case CACHE_LOAD_TIMEOUT ->
                    new CacheLoadTimeoutException("prices", "a", Duration.ofMillis(250));
            case CACHE_INTERRUPTED ->
                    new CacheInterruptedException("prices", "get", new InterruptedException());
            case CACHE_SNAPSHOT_INVALID ->
                    new CacheSnapshotException("prices", "p.snap", 64, "it ends here", cause);
            default -> mapping(code, cause, some);
        };
    }

    private static PatinoxException mapping(
            MemoryErrorCode code, @Nullable Throwable cause, Throwable some) {
        return switch (code) {
            case MAPPING_LAYOUT -> new MappingLayoutException("app.Trade", "note", "it is too odd");
            case MAPPING_HEADER -> new MappingHeaderException("t.map", "version", "1", "2");
            case MAPPING_MISMATCH -> new MappingMismatchException("t.map", "stride", "24", "16");
            case MAPPING_FAULT -> new MappingFaultException("t.map", 0, 8192, 4096, cause);
            case MAPPING_VALUE ->
                    new MappingValueException("t.map", "side", 7, "9 is no constant", cause);
            case MAPPING_CLOSED -> new MappingClosedException("t.map", "a slice");
            case MAPPING_THREAD -> new MappingThreadException("t.map", "owner-1");
            case MAPPING_STORAGE -> new MappingStorageException("t.map", "read", some);
            case MAPPING_LIMIT -> new MappingLimitException("t.map", 49_147, 49_147, cause);
            case MAPPING_LOCKED ->
                    new MappingLockedException("t.map", "exclusive", Duration.ofMillis(250));
            case MAPPING_DIRTY -> new MappingDirtyException("t.map");
            case MAPPING_STALE -> new MappingStaleException("t.map", "was replaced");
            case MAPPING_INTERRUPTED ->
                    new MappingInterruptedException(
                            "t.map", "the lock", new InterruptedException());
            case MAPPING_REENTRANT -> new MappingReentrantException("t.map", "close");
            default -> throw new AssertionError(code + " has no failure here");
        };
    }

    /// Everything that can carry a failure to where somebody looks at it.
    static Map<String, UnaryOperator<Throwable>> wrappers() {
        Map<String, UnaryOperator<Throwable>> all = new LinkedHashMap<>();
        all.put("RuntimeException", RuntimeException::new);
        all.put("CompletionException", CompletionException::new);
        all.put("ExecutionException", ExecutionException::new);
        all.put("Exception whose message is fixed", e -> new Exception("wrapped", e));
        all.put("ResourceAcquireException", e -> of(MemoryErrorCode.RESOURCE_ACQUIRE_FAILED, e));
        all.put("CleanupFailedException", e -> of(MemoryErrorCode.RESOURCE_CLEANUP_FAILED, e));
        all.put("PoolCreateException", e -> of(MemoryErrorCode.POOL_CREATE_FAILED, e));
        all.put("PoolAcquireTimeoutException", e -> of(MemoryErrorCode.POOL_ACQUIRE_TIMEOUT, e));
        all.put("CacheLoadException", e -> of(MemoryErrorCode.CACHE_LOAD_FAILED, e));
        all.put("MappingStorageException", e -> of(MemoryErrorCode.MAPPING_STORAGE, e));
        all.put("an integration's wrapper", e -> new Integration(IntegrationCode.CARRIER, e));
        all.put("an integration's own failure", e -> new Integration(IntegrationCode.BUSY, e));
        return all;
    }

    static List<MemoryErrorCode> codes() {
        return List.of(MemoryErrorCode.values());
    }

    /// What an integration brings.
    enum IntegrationCode implements ErrorCode {
        CARRIER(true, new RecoveryStrategy.Retry(Duration.ZERO, 1, false)),
        BUSY(false, new RecoveryStrategy.CircuitBreak(Duration.ofSeconds(1))),
        REFUSED(false, new RecoveryStrategy.Fail("it said never")),
        CACHED(false, new RecoveryStrategy.Fallback("use the copy"));

        private final boolean wrapper;
        private final RecoveryStrategy strategy;

        IntegrationCode(boolean wrapper, RecoveryStrategy strategy) {
            this.wrapper = wrapper;
            this.strategy = strategy;
        }

        @Override
        public String id() {
            return "TEST-" + name();
        }

        @Override
        public String summary() {
            return "it is " + name();
        }

        @Override
        public String remedy() {
            return "wait";
        }

        @Override
        public RecoveryStrategy strategy() {
            return strategy;
        }

        @Override
        public boolean wrapper() {
            return wrapper;
        }
    }

    static final class Integration extends IntegrationException {

        private static final long serialVersionUID = 1L;

        Integration(IntegrationCode code, @Nullable Throwable cause) {
            super(code, "the other side said no", cause);
        }
    }
}
