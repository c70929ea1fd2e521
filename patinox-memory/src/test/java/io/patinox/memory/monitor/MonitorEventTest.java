package io.patinox.memory.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patinox.memory.error.InvalidOptionException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MonitorEventTest {
    private static final Set<String> OPTIONAL = Set.of("site", "label");

    @ParameterizedTest
    @EnumSource
    void kind_everyRecord_isItsOwn(EventKind kind) {
        MonitorEvent event = Events.of(kind);

        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.at()).isEqualTo(Events.AT);
        assertThat(event.source()).isIn("files", "orders", "app", "prices", "ticks");
        assertThat(kind.name().replace("_", ""))
                .isEqualToIgnoringCase(event.getClass().getSimpleName());
    }

    @Test
    void records_ofTheSealedSet_areOnePerKind() {
        assertThat(MonitorEvent.class.getPermittedSubclasses()).hasSize(EventKind.values().length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "RESOURCE_LEAKED|registry 'files': a resource of type 'file' leaked: its guard was"
                        + " not closed and became unreachable 90 s after it was acquired; it is"
                        + " cleaned up now",
                "RESOURCE_OVERDUE|registry 'files': resource 'f7', acquired by thread 'worker-1',"
                        + " has been held for 60 min",
                "RESOURCE_RETURNED|registry 'files': resource 'f7', reported as held too long, was"
                        + " given back after 120 min",
                "CLEANUP_FAILED|registry 'files': the cleanup of 'f7' failed in attempt 3 and is"
                        + " given up: IllegalStateException: broken",
                "CLEANUP_ABANDONED|registry 'files': the cleanup of 'f7' did not end within 30 s"
                        + " and is abandoned",
                "LEASE_LEAKED|pool 'orders': a lease leaked: it was not released and became"
                        + " unreachable after 2 min; its place in the pool is free again",
                "LEASE_OVERDUE|pool 'orders': a lease acquired by thread 'worker-1' has been held"
                        + " for 2 min",
                "NESTED_ACQUIRE|pool 'orders': thread 'worker-1' waited for 5 s while it held 2"
                        + " leases of the pool",
                "CREATE_FAILED|pool 'orders': attempt 2 to create a connection failed, the next is"
                        + " in 250 ms: IllegalStateException: broken",
                "POOL_UNAVAILABLE|pool 'orders' has nothing to lend: 3 attempts in a row to create"
                        + " a connection failed; it goes on with one at a time, and acquires fail"
                        + " at once meanwhile: IllegalStateException: broken",
                "POOL_RECOVERED|pool 'orders' has a connection again, after 9 s without",
                "CALLBACK_FAILED|'orders': the callback 'destroy' failed: IllegalStateException:"
                        + " broken",
                "CONFIG_APPLIED|config 'app': version 3 is current (RELOAD)",
                "CONFIG_REJECTED|config 'app': a change was rejected (BIND), the last good version"
                        + " stays: port: must be a number",
                "CONFIG_ROLLOUT_CHANGED|config 'app': rollout 'blue' at 5.0 % is RUNNING",
                "CACHE_LOAD_FAILED|cache 'prices': the load of 'a' failed, the old value is served"
                        + " meanwhile; with it 2 more since the last report:"
                        + " IllegalStateException: broken",
                "CACHE_EVICTION_STORM|cache 'prices' gave up 12,000 entries for its size within"
                        + " 1 s; it holds 1,000",
                "MAPPING_FAULTED|mapped file 'ticks': access to t.map faulted; 8192 bytes are"
                        + " mapped, and the file has 4096 bytes; with it 2 more since the last"
                        + " report",
                "MAPPING_ABANDONED|mapped file 'ticks': closed while 2 bodies of t.map ran on for"
                        + " 30 s; the last unmaps",
                "HEALTH_CHANGED|'orders' is DEGRADED [slow (it takes 5 s)], it was UP",
            })
    void message_everyKind_saysWhatHappened(EventKind kind, String message) {
        assertThat(Events.of(kind).message()).isEqualTo(message);
    }

    @Test
    void message_siteNotSampled_saysSo() {
        assertThat(
                        new MonitorEvent.ResourceLeaked(
                                        "files", Events.AT, "file", Duration.ZERO, null, false, 3)
                                .message())
                .endsWith(
                        "; it stays open; with it 2 more of the same; where it was acquired was"
                                + " not sampled");
        assertThat(new MonitorEvent.LeaseLeaked("orders", Events.AT, Duration.ZERO, null).message())
                .endsWith("is free again; where it was acquired was not sampled");
        assertThat(
                        new MonitorEvent.NestedAcquire(
                                        "orders", Events.AT, 1, Duration.ZERO, null, "w", List.of())
                                .message())
                .endsWith(
                        "while it held a lease of the pool; where it was acquired was not sampled");
    }

    @Test
    void message_oneLoadFailedAndNothingIsServed_saysJustThat() {
        assertThat(new CacheLoadFailed("c", Events.AT, "k", Events.FAILURE, false, 1).message())
                .isEqualTo("cache 'c': the load of 'k' failed: IllegalStateException: broken");
    }

    @Test
    void message_oneFaultOfAFileThatIsGone_saysJustThat() {
        assertThat(new MappingFaulted("m", Events.AT, "f", 10, -1, 1).message())
                .isEqualTo(
                        "mapped file 'm': access to f faulted; 10 bytes are mapped, and the file"
                                + " has gone");
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new MappingFaulted("m", Events.AT, "f", 10, -1, 0));
    }

    @Test
    void message_severalLinesInNames_isOneLine() {
        assertThat(
                        new MonitorEvent.CleanupFailed(
                                        "files",
                                        Events.AT,
                                        "a\nb",
                                        1,
                                        new IllegalStateException("c\nd"))
                                .message())
                .doesNotContain("\n")
                .contains("'a b'", "c d");
    }

    @Test
    void stacks_ofTheCaller_areCopied() {
        List<StackTraceElement> stack = new ArrayList<>(Events.STACK);

        var abandoned =
                new MonitorEvent.CleanupAbandoned("files", Events.AT, "f7", Duration.ZERO, stack);
        var overdue =
                new MonitorEvent.LeaseOverdue(
                        "orders", Events.AT, Duration.ZERO, null, "worker-1", stack, null);
        stack.clear();

        assertThat(abandoned.stack()).isEqualTo(Events.STACK);
        assertThat(overdue.holderStack()).isEqualTo(Events.STACK);
    }

    @ParameterizedTest
    @EnumSource
    void record_missingPart_isRefusedByName(EventKind kind) throws Exception {
        MonitorEvent event = Events.of(kind);
        RecordComponent[] parts = event.getClass().getRecordComponents();
        Class<?>[] types = Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = event.getClass().getDeclaredConstructor(types);
        for (int i = 0; i < parts.length; i++) {
            if (OPTIONAL.contains(parts[i].getName()) || types[i].isPrimitive()) {
                continue;
            }
            Object[] values = new Object[parts.length];
            for (int j = 0; j < parts.length; j++) {
                values[j] = j == i ? null : parts[j].getAccessor().invoke(event);
            }
            String missing = parts[i].getName();
            assertThatExceptionOfType(InvalidOptionException.class)
                    .as(() -> Arrays.toString(values))
                    .isThrownBy(() -> create(constructor, values))
                    .satisfies(e -> assertThat(e.option()).isEqualTo(missing));
        }
    }

    private static void create(Constructor<?> constructor, Object[] values) throws Throwable {
        try {
            constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
