package io.patinox.memory.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExceptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPTION_INVALID|option 'maxSize' must be 1 to 10, but is 0; raise it",
                "RESOURCE_CLOSED|resource 'file-7' is closed",
                "RESOURCE_ACQUIRE_FAILED|a resource of type 'file' could not be acquired: the"
                        + " supplier threw IOException",
                "RESOURCE_CLEANUP_FAILED|the cleanup of resource 'file-7' failed in attempt 3 with"
                        + " IOException",
                "RESOURCE_CLEANUP_TIMEOUT|the cleanup of resource 'file-7' did not end within 30 s",
                "RESOURCE_REGISTRY_CLOSED|registry 'files' is closed",
                "RESOURCE_INTERRUPTED|close of resource 'file-7' was interrupted",
                "RESOURCE_LIMIT_REACHED|no resource of type 'file' beyond the limit of 10 at once:"
                        + " it is reached",
                "RESOURCE_CYCLE|each would have to be cleaned up before the next: a -> b -> a",
                "POOL_ACQUIRE_TIMEOUT|no connection of pool 'orders' came free within 250 ms (in"
                        + " use 9 of 10, waiting 4)",
                "POOL_CLOSED|pool 'orders' is closed",
                "POOL_INTERRUPTED|the wait for a connection of pool 'orders' was interrupted",
                "POOL_QUEUE_FULL|the queue of pool 'orders' is full: 5000 wait, maxWaiting is"
                        + " 5000",
                "POOL_NESTED_ACQUIRE|the thread holds 1 of the 10 connections of pool 'orders' and"
                        + " would wait for another",
                "POOL_CREATE_FAILED|pool 'orders' could not create a connection: attempt 2 failed"
                        + " with IOException",
                "POOL_CREATE_TIMEOUT|pool 'orders' could not create a connection within 10 s",
                "POOL_UNAVAILABLE|pool 'orders' has nothing to lend: 3 attempts in a row to create"
                        + " a connection failed, the last with IOException",
                "POOL_LEASE_RELEASED|the lease from pool 'orders' was used after its release",
                "CONFIG_SYNTAX|file app.yaml:3:5: no colon",
                "CONFIG_BINDING|AppConfig has 1 problem: port: no",
                "CONFIG_TYPE|AppConfig cannot be bound: it is no record",
                "CONFIG_MIGRATION|file app.yaml: the step from schema version 1 to 2 failed with"
                        + " IOException",
                "CONFIG_SCHEMA|file app.yaml: schemaVersion is 9, but this program knows 1 to 3",
                "CONFIG_SECRET_DESTROYED|the secret is gone",
                "CONFIG_CLOSED|configuration 'app' is closed",
                "CONFIG_REJECTED|configuration 'app' has 1 problem (BIND): port: no",
                "CONFIG_TIMEOUT|reload of configuration 'app' did not end within 250 ms",
                "CONFIG_INTERRUPTED|reload of configuration 'app' was interrupted while it waited",
                "CONFIG_REENTRANT|configuration 'app' was asked to change by code that a change of"
                        + " it waits for",
                "CONFIG_VERSION|configuration 'app' keeps the versions 2 to 4, not 9",
                "CONFIG_ROLLOUT|a rollout of configuration 'app': another one is running",
                "CACHE_CLOSED|cache 'prices' is closed",
                "CACHE_RECURSIVE|cache 'prices': the function of each key would wait for the next:"
                        + " a -> b -> a",
                "CACHE_REENTRANT|cache 'prices': put was called within evictionListener on the"
                        + " same thread",
                "CACHE_LOAD_FAILED|cache 'prices' could not load a: the loader threw IOException",
                "CACHE_LOAD_TIMEOUT|cache 'prices' could not load a within 250 ms",
                "CACHE_INTERRUPTED|cache 'prices': the wait of get was interrupted",
                "CACHE_SNAPSHOT_INVALID|cache 'prices' can't read snapshot p.snap, byte 64: it"
                        + " ends here",
            })
    void message_everyCode_saysWhatHappenedAndWhatToDo(MemoryErrorCode code, String what) {
        requireMessage(code, what);
    }

    private static void requireMessage(MemoryErrorCode code, String what) {
        String remedy = code == MemoryErrorCode.OPTION_INVALID ? "" : "; " + code.remedy();

        assertThat(Failures.of(code, null)).hasMessage(code.id() + ": " + what + remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAPPING_LAYOUT|app.Trade can't be mapped, component 'note': it is too odd",
                "MAPPING_HEADER|t.map: the version must be 1, but is 2",
                "MAPPING_MISMATCH|t.map has another stride: expected 24, found 16",
                "MAPPING_FAULT|access to t.map faulted: bytes 0 to 8192 are mapped, and the file"
                        + " has 4096 bytes",
                "MAPPING_VALUE|t.map, element 7, component 'side': 9 is no constant",
                "MAPPING_CLOSED|a slice of t.map was used after its end",
                "MAPPING_STORAGE|can't read t.map: IOException: refused",
                "MAPPING_LIMIT|can't map t.map: there are 49147 mappings, and 49147 are allowed",
                "MAPPING_LOCKED|t.map stayed locked by others: no exclusive lock within 250 ms",
                "MAPPING_DIRTY|t.map was not closed by its last writer, which crashed or is still"
                        + " at work",
                "MAPPING_STALE|t.map was replaced while it was mapped",
                "MAPPING_INTERRUPTED|interrupted while waiting for the lock of t.map",
                "MAPPING_REENTRANT|close of t.map was called within a body of it, for which it"
                        + " would wait",
            })
    void message_everyCodeOfMappings_saysWhatHappenedAndWhatToDo(
            MemoryErrorCode code, String what) {
        requireMessage(code, what);
    }

    @Test
    void message_timeoutWhileCreatingFails_saysSo() {
        IOException refused = new IOException("refused");

        assertThat(Failures.of(MemoryErrorCode.POOL_ACQUIRE_TIMEOUT, refused))
                .hasMessageContaining(
                        "waiting 4), and the last attempt to create one failed with IOException;")
                .hasCause(refused);
    }

    @ParameterizedTest
    @EnumSource
    void message_causeThatCannotBeShown_doesNotMatter(MemoryErrorCode code) {
        Throwable broken = new Broken();

        assertThat(Failures.of(code, broken).getMessage()).startsWith(code.id() + ": ");
        assertThat(Failures.of(code, broken).strategy()).isNotNull();
    }

    @Test
    void fields_ofResourceExceptions_areTyped() {
        IOException cause = new IOException();
        InterruptedException interruption = new InterruptedException();
        assertThat(new ResourceClosedException("r", "detached"))
                .returns("r", ResourceException::resource)
                .returns("detached", ResourceClosedException::state);
        assertThat(new ResourceAcquireException("file", cause))
                .returns("file", ResourceAcquireException::type)
                .returns(cause, Throwable::getCause);
        assertThat(new CleanupFailedException("r", 3, cause))
                .returns("r", ResourceException::resource)
                .returns(3, CleanupFailedException::attempts)
                .returns(cause, Throwable::getCause);
        assertThat(new CleanupTimeoutException("r", Duration.ofSeconds(3)))
                .returns(Duration.ofSeconds(3), CleanupTimeoutException::deadline);
        assertThat(new RegistryClosedException("g")).returns("g", ResourceException::resource);
        assertThat(new ResourceInterruptedException("r", "close", interruption))
                .returns("close", ResourceInterruptedException::operation)
                .returns(interruption, Throwable::getCause);
    }

    @Test
    void fields_ofPoolExceptions_areTyped() {
        IOException cause = new IOException();
        InterruptedException interruption = new InterruptedException();
        assertThat(new PoolAcquireTimeoutException("p", Duration.ofSeconds(3), 7, 8, 9, cause))
                .returns("p", PoolException::pool)
                .returns(Duration.ofSeconds(3), PoolAcquireTimeoutException::timeout)
                .returns(7, PoolAcquireTimeoutException::inUse)
                .returns(8, PoolAcquireTimeoutException::maxSize)
                .returns(9, PoolAcquireTimeoutException::waiting)
                .returns(cause, Throwable::getCause);
        assertThat(new PoolAcquireTimeoutException("p", Duration.ZERO, 7, 8, 9, true, null))
                .hasMessageContaining("waiting 9), and the pool is suspended;");
        assertThat(new PoolQueueFullException("p", 9, 8))
                .returns(9, PoolQueueFullException::waiting)
                .returns(8, PoolQueueFullException::maxWaiting);
        assertThat(new PoolNestedAcquireException("p", 3, 8, cause))
                .returns(3, PoolNestedAcquireException::held)
                .returns(cause, Throwable::getCause);
        assertThat(new PoolClosedException("p")).returns("p", PoolException::pool).hasNoCause();
        assertThat(new PoolInterruptedException("p", interruption))
                .returns(interruption, Throwable::getCause);
        assertThat(new PoolCreateException("p", 2, cause))
                .returns(2, PoolCreateException::attempts)
                .returns(cause, Throwable::getCause);
        assertThat(new PoolCreateTimeoutException("p", Duration.ofSeconds(2)))
                .returns(Duration.ofSeconds(2), PoolCreateTimeoutException::createTimeout);
        assertThat(new PoolUnavailableException("p", 4, cause))
                .returns(4, PoolUnavailableException::attempts)
                .returns(cause, Throwable::getCause);
        assertThat(new LeaseReleasedException("p")).returns("p", PoolException::pool);
    }

    @Test
    void fields_ofShareExceptions_areTyped() {
        InterruptedException interruption = new InterruptedException();
        assertThat(new ShareClosedException("d")).returns("d", ShareException::data).hasNoCause();
        assertThat(new ShareReentrantException("d", "write", "read"))
                .returns("d", ShareException::data)
                .returns("write", ShareReentrantException::call)
                .returns("read", ShareReentrantException::within)
                .hasMessageContaining("'d': write was called within read");
        assertThat(new ShareTimeoutException("d", "read", Duration.ofSeconds(2)))
                .returns(Duration.ofSeconds(2), ShareTimeoutException::timeout)
                .hasMessageContaining("read found the data locked for 2 s");
        assertThat(new ShareInterruptedException("d", "read", interruption))
                .returns(interruption, Throwable::getCause);
        assertThat(new ShareImmutableException("d", "mutate"))
                .returns("d", ShareException::data)
                .hasMessageContaining("mutate needs a payload that can be copied");
    }

    @Test
    void fields_ofConfigExceptions_areTyped() {
        IOException cause = new IOException();
        assertThat(new ConfigSyntaxException("s", 3, 0, "no"))
                .returns("s", ConfigSyntaxException::source)
                .returns(3, ConfigSyntaxException::line)
                .returns(0, ConfigSyntaxException::column)
                .hasMessageContaining("s:3: no")
                .hasNoCause();
        assertThat(new ConfigSyntaxException("s", 0, 0, "no")).hasMessageContaining("s: no");
        assertThat(new ConfigBindingException("T", List.of("a", "b")))
                .returns("T", ConfigBindingException::type)
                .returns(List.of("a", "b"), ConfigBindingException::problems)
                .hasMessageContaining("T has 2 problems: a; b");
        assertThat(new ConfigTypeException("T", "no")).returns("T", ConfigTypeException::type);
        assertThat(new ConfigMigrationException("s", 1, 2, cause))
                .returns("s", ConfigMigrationException::source)
                .returns(1, ConfigMigrationException::from)
                .returns(2, ConfigMigrationException::to)
                .hasCause(cause);
        assertThat(new ConfigSchemaException("s", -1, 1, 3))
                .returns("s", ConfigSchemaException::source)
                .returns(-1L, ConfigSchemaException::version)
                .returns(1, ConfigSchemaException::oldest)
                .returns(3, ConfigSchemaException::latest)
                .hasMessageContaining("schemaVersion is not a whole number");
    }

    @Test
    void fields_ofCacheExceptions_areTyped() {
        IOException cause = new IOException();
        InterruptedException interruption = new InterruptedException();
        assertThat(new CacheClosedException("c")).returns("c", CacheException::cache).hasNoCause();
        assertThat(new CacheRecursiveException("c", List.of(1, 2, 1)))
                .returns("c", CacheException::cache)
                .returns("1", CacheRecursiveException::key)
                .returns(List.of("1", "2", "1"), CacheRecursiveException::chain);
        assertThat(new CacheReentrantException("c", "put", "policy"))
                .returns("put", CacheReentrantException::call)
                .returns("policy", CacheReentrantException::within);
        assertThat(new CacheLoadException("c", 7, cause))
                .returns("7", CacheLoadException::key)
                .hasCause(cause);
        assertThat(new CacheLoadException("c", List.of(1, 2, 3, 4, 5), cause))
                .returns("1, 2, 3 and 2 more", CacheLoadException::key);
        assertThat(new CacheLoadTimeoutException("c", List.of(7, 8), Duration.ofSeconds(2)))
                .returns("7, 8", CacheLoadTimeoutException::key)
                .returns(Duration.ofSeconds(2), CacheLoadTimeoutException::timeout);
        assertThat(new CacheInterruptedException("c", "get", interruption)).hasCause(interruption);
        assertThat(new CacheSnapshotException("c", "f", 9, "no", cause))
                .returns("f", CacheSnapshotException::file)
                .returns(9L, CacheSnapshotException::offset)
                .hasCause(cause);
    }

    @Test
    void fields_ofMappingExceptions_areTyped() {
        IOException cause = new IOException();
        assertThat(new MappingLayoutException("T", "a.b", "no"))
                .returns("T", MappingLayoutException::type)
                .returns("a.b", MappingLayoutException::component)
                .returns("no", MappingLayoutException::reason);
        assertThat(new MappingLayoutException("T", "", "no"))
                .hasMessageContaining("T can't be mapped: no");
        assertThat(new MappingHeaderException("f", "magic", "x", "y"))
                .returns("f", MappingHeaderException::file)
                .returns("magic", MappingHeaderException::field)
                .returns("x", MappingHeaderException::expected)
                .returns("y", MappingHeaderException::found);
        assertThat(new MappingMismatchException("f", "layout", "x", "y"))
                .returns("f", MappingMismatchException::file)
                .returns("layout", MappingMismatchException::what)
                .returns("x", MappingMismatchException::expected)
                .returns("y", MappingMismatchException::found);
        assertThat(new MappingFaultException("f", 10, 20, -1, cause))
                .returns("f", MappingFaultException::file)
                .returns(10L, MappingFaultException::mappedFrom)
                .returns(20L, MappingFaultException::mappedTo)
                .returns(-1L, MappingFaultException::fileBytes)
                .hasMessageContaining("the file has gone;")
                .hasCause(cause);
        assertThat(new MappingFaultException("f", 10, 20, 20, null))
                .hasMessageContaining("has 20 bytes, so its disk may be full or broken");
        assertThat(new MappingValueException("f", "side", -1, "no", cause))
                .returns("f", MappingValueException::file)
                .returns("side", MappingValueException::column)
                .returns(-1L, MappingValueException::index)
                .returns("no", MappingValueException::reason)
                .hasMessageContaining("f, component 'side': no")
                .hasCause(cause);
    }

    @Test
    void fields_ofOtherMappingExceptions_areTyped() {
        IOException cause = new IOException();
        InterruptedException interruption = new InterruptedException();
        assertThat(new MappingClosedException("f", "the file"))
                .returns("f", MappingClosedException::file)
                .returns("the file", MappingClosedException::what);
        assertThat(new MappingThreadException("f", "owner"))
                .returns("f", MappingThreadException::file)
                .returns("owner", MappingThreadException::owner)
                .hasMessageContaining(
                        "f was opened confined to thread 'owner', and used by '%s'",
                        Thread.currentThread().getName());
        assertThat(new MappingStorageException("f", "cut", cause))
                .returns("f", MappingStorageException::file)
                .returns("cut", MappingStorageException::action)
                .hasCause(cause);
        assertThat(new MappingStorageException("f", "cut", null))
                .hasMessageContaining("can't cut f;");
        assertThat(new MappingLimitException("f", 8, 9, cause))
                .returns("f", MappingLimitException::file)
                .returns(8L, MappingLimitException::mappings)
                .returns(9L, MappingLimitException::limit)
                .hasCause(cause);
        assertThat(new MappingLockedException("f", "shared", Duration.ofSeconds(2)))
                .returns("f", MappingLockedException::file)
                .returns("shared", MappingLockedException::mode)
                .returns(Duration.ofSeconds(2), MappingLockedException::waited);
        assertThat(new MappingDirtyException("f")).returns("f", MappingDirtyException::file);
        assertThat(new MappingStaleException("f", "was deleted"))
                .returns("f", MappingStaleException::file)
                .returns("was deleted", MappingStaleException::what);
        assertThat(new MappingInterruptedException("f", "a body", interruption))
                .returns("f", MappingInterruptedException::file)
                .returns("a body", MappingInterruptedException::during)
                .hasCause(interruption);
        assertThat(new MappingReentrantException("f", "grow"))
                .returns("f", MappingReentrantException::file)
                .returns("grow", MappingReentrantException::what);
    }

    @ParameterizedTest
    @EnumSource
    void serialization_everyException_keepsEverything(MemoryErrorCode code) throws Exception {
        PatinoxException before = Failures.of(code, new IOException("refused"));

        PatinoxException after = (PatinoxException) copy(before);

        assertThat(after).hasSameClassAs(before).hasMessage(before.getMessage());
        assertThat(after.code()).isSameAs(code);
        assertThat(after.strategy()).isEqualTo(before.strategy());
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("cause", "stackTrace", "suppressedExceptions")
                .isEqualTo(before);
    }

    @Test
    void serialization_integration_keepsItsCode() throws Exception {
        PatinoxException before =
                new Failures.Integration(Failures.IntegrationCode.BUSY, new IOException());

        PatinoxException after = (PatinoxException) copy(before);

        assertThat(after.code()).isSameAs(Failures.IntegrationCode.BUSY);
        assertThat(after).hasMessage("TEST-BUSY: the other side said no; wait");
    }

    private static Object copy(Object original) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    private static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }
}
