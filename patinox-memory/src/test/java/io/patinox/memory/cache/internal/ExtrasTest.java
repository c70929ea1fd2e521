package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.CacheBounds;
import io.patinox.memory.cache.ChangeListener;
import io.patinox.memory.cache.EvictionPolicy;
import io.patinox.memory.cache.RemovalCause;
import io.patinox.memory.error.InvalidOptionException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Listeners of changes, JMX, options as text, and second names of entries.
class ExtrasTest {

    private final List<String> told = new CopyOnWriteArrayList<>();

    private ChangeListener<String, Integer> listener() {
        return new ChangeListener<>() {
            @Override
            public void created(String key, Integer value) {
                told.add("+" + key + value);
            }

            @Override
            public void updated(String key, Integer old, Integer value) {
                told.add(key + old + ">" + value);
            }

            @Override
            public void removed(String key, Integer value, RemovalCause cause) {
                told.add("-" + key + value + cause);
            }
        };
    }

    @Test
    void changeListener_ofEverything_isToldInOrder() {
        BoundedCache<String, Integer> cache =
                Caches.build(
                        Caches.<String, Integer>builder()
                                .policy(EvictionPolicy.lru())
                                .maxWeight(10)
                                .weigher((k, v) -> v)
                                .changeListener(listener()));
        cache.put("a", 1);
        cache.put("a", 2);
        cache.asMap().merge("a", 3, Integer::sum);
        cache.put("b", 6);
        cache.put("c", 11);
        cache.put("b", 12);
        cache.close();
        assertThat(told)
                .containsExactly(
                        "+a1",
                        "a1>2",
                        "a2>5",
                        "+b6",
                        "-a5SIZE",
                        "+c11",
                        "-c11SIZE",
                        "-b6REPLACED",
                        "+b12",
                        "-b12SIZE");
    }

    @Test
    void changeListener_doingNothing_isAllowed() {
        try (BoundedCache<String, Integer> cache =
                Caches.build(
                        Caches.<String, Integer>builder()
                                .changeListener(new ChangeListener<String, Integer>() {}))) {
            cache.put("a", 1);
            cache.put("a", 2);
            cache.invalidate("a");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void close_withAListenerThatHangs_givesUpInTime() {
        CountDownLatch never = new CountDownLatch(1);
        BoundedCache<String, Integer> cache =
                Caches.build(
                        Caches.<String, Integer>builder()
                                .closeTimeout(Duration.ofMillis(50))
                                .changeListener(
                                        new ChangeListener<String, Integer>() {
                                            @Override
                                            public void created(String key, Integer value) {
                                                try {
                                                    never.await();
                                                } catch (InterruptedException e) {
                                                    told.add("interrupted");
                                                }
                                            }
                                        }));
        cache.put("a", 1);
        cache.put("b", 1);
        cache.close();
        // it is interrupted, and not told of the rest
        await().until(() -> !told.isEmpty());
        assertThat(told).containsExactly("interrupted");
    }

    @Test
    void jmx_whileTheCacheIsOpen_showsAndSetsIt() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.patinox.memory:type=Cache,name=\"shown\"");
        BoundedCache<String, Integer> cache =
                Caches.build(
                        Caches.<String, Integer>builder().name("shown").maxEntries(10).jmx(true));
        cache.put("a", 1);
        assertThat(cache.getIfPresent("a")).isEqualTo(1);
        assertThat(cache.getIfPresent("b")).isNull();

        assertThat(server.getAttribute(name, "Hits")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "Misses")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "HitRatio")).isEqualTo(0.5);
        assertThat(server.getAttribute(name, "Evictions")).isEqualTo(0L);
        assertThat(server.getAttribute(name, "Entries")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "Health")).isEqualTo("UP");
        server.setAttribute(name, new Attribute("MaxEntries", 5L));
        assertThat(server.getAttribute(name, "MaxEntries")).isEqualTo(5L);
        assertThat(cache.bounds()).isEqualTo(new CacheBounds(5, 0, 0));
        server.invoke(name, "invalidateAll", new Object[0], new String[0]);
        assertThat(cache.size()).isZero();

        assertThatThrownBy(() ->
                        Caches.build(Caches.<String, Integer>builder().name("shown").jmx(true)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("another name");
        cache.close();
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void spec_withOptions_setsThem() {
        try (BoundedCache<String, Integer> cache =
                Caches.build(
                        Caches.<String, Integer>builder()
                                .spec(
                                        "name=text, maxEntries=2_000, policy=s3-fifo, shards=2,"
                                                + " initialCapacity=32, expireAfterWrite=10m,"
                                                + " expireAfterAccess=PT5M, expiryJitter=0.1,"
                                                + " preciseExpiry, recordTimes=true,"
                                                + " recordStatistics=false, entryOptions=true,"
                                                + " jmx=false"))) {
            assertThat(cache.name()).isEqualTo("text");
            assertThat(cache.bounds()).isEqualTo(new CacheBounds(2_000, 0, 0));
            assertThat(cache.settings.policy().name()).isEqualTo("s3-fifo");
            assertThat(cache.settings.shards()).isEqualTo(2);
            assertThat(cache.settings.expireAfterWrite()).isEqualTo(Duration.ofMinutes(10));
            assertThat(cache.settings.expireAfterAccess()).isEqualTo(Duration.ofMinutes(5));
            assertThat(cache.settings.expiryJitter()).isEqualTo(0.1);
            assertThat(cache.settings.preciseExpiry()).isTrue();
            assertThat(cache.settings.recordTimes()).isTrue();
            assertThat(cache.settings.statistics()).isFalse();
        }
        try (BoundedCache<String, Integer> cache =
                Caches.build(Caches.<String, Integer>builder().spec("unbounded"))) {
            assertThat(cache.bounds()).isEqualTo(new CacheBounds(0, 0, 0));
        }
        try (BoundedCache<String, Integer> cache =
                Caches.build(
                        Caches.<String, Integer>builder().spec("unbounded=false,maxBytes=1000"))) {
            assertThat(cache.bounds()).isEqualTo(new CacheBounds(0, 0, 1_000));
        }
        try (BoundedCache<String, Integer> cache =
                Caches.build(Caches.<String, Integer>builder().spec(" "))) {
            assertThat(cache.bounds().maxEntries()).isEqualTo(10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "size=5",
                "maxEntries=many",
                "maxEntries=0",
                "shards=99999999999",
                "policy=lru2",
                "expireAfterWrite=soon",
                "expireAfterWrite=99999999999999999d",
                "expireAfterWrite=ms",
                "expiryJitter=much",
                "jmx=maybe",
                "maxEntries=1,,",
                "loader=x"
            })
    void spec_wrong_isRefused(String spec) {
        assertThatThrownBy(() -> Caches.<String, Integer>builder().spec(spec))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void keysTagged_byASecondName_areFound() {
        record User(int id, String mail) {}
        try (BoundedCache<Integer, User> users =
                        Caches.build(
                                Caches.<Integer, User>builder()
                                        .tags((id, user) -> Set.of("mail:" + user.mail())));
                BoundedCache<String, Integer> plain =
                        Caches.build(Caches.<String, Integer>builder())) {
            users.put(1, new User(1, "a@x"));
            users.put(2, new User(2, "b@x"));
            assertThat(users.keysTagged("mail:b@x")).containsExactly(2);
            users.put(2, new User(2, "c@x"));
            assertThat(users.keysTagged("mail:b@x")).isEmpty();
            assertThat(users.keysTagged("mail:c@x")).containsExactly(2);
            assertThatThrownBy(() -> plain.keysTagged("a"))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("tags");
        }
    }
}
