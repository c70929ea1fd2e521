package io.patinox.memory.resource;

import static io.patinox.memory.resource.Waits.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.patinox.memory.error.InvalidOptionException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: a registry knows everything about what lives in it, and can be asked for any part of it.
@Timeout(60)
class SelectionTest {
    private final ManualTicker ticker = new ManualTicker();
    private final List<AsyncResourceGuard<?>> held = new ArrayList<>();
    private final ResourceRegistry registry =
            ResourceRegistry.builder("select").ticker(ticker).siteSampling(0).jmx(true).build();

    @BeforeEach
    void populate() {
        add("file", "a", 100, "hot");
        add("file", "b", 300, "cold");
        add("file", "c", 200, "hot", "cold");
        add("socket", "d", -1);
    }

    @AfterEach
    void theBooksBalance() {
        registry.close(SOON);
        assertThat(registry.balance().holds()).isTrue();
        assertThat(registry.balance().open()).isZero();
    }

    private void add(String type, String name, long bytes, String... tags) {
        var request = registry.request(type, () -> name, text -> {}).name(name).tags(tags);
        held.add((bytes < 0 ? request : request.sizeBytes(bytes)).acquire());
        ticker.advance(Duration.ofMinutes(1));
    }

    private static List<String> names(List<ResourceView> views) {
        return views.stream().map(ResourceView::name).toList();
    }

    @Test
    void select_conditions_narrowDown() {
        assertThat(names(registry.open())).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(names(registry.select().type("file").list()))
                .containsExactlyInAnyOrder("a", "b", "c");
        assertThat(names(registry.select().tag("hot").list())).containsExactlyInAnyOrder("a", "c");
        assertThat(names(registry.select().tag("hot").tag("cold").list())).containsExactly("c");
        assertThat(names(registry.select().olderThan(Duration.ofMinutes(3)).list()))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(names(registry.select().type("file").matching(v -> v.name().equals("b")).list()))
                .containsExactly("b");
        assertThat(registry.select().type("none").list()).isEmpty();
    }

    @Test
    void top_byAgeAndSize_isSorted() {
        assertThat(names(registry.select().oldest(2))).containsExactly("a", "b");
        assertThat(names(registry.select().oldest(100))).containsExactly("a", "b", "c", "d");
        assertThat(names(registry.select().largest(2))).containsExactly("b", "c");
        assertThat(names(registry.select().type("socket").largest(5))).containsExactly("d");
    }

    @Test
    void oldest_acquiredAtOneMoment_isByTheOrderOfAcquisition() {
        for (int i = 0; i < 5; i++) {
            int number = i;
            held.add(
                    registry.request("at-once", () -> number, n -> {})
                            .name("n" + number)
                            .acquire());
        }
        assertThat(names(registry.select().type("at-once").oldest(3)))
                .containsExactly("n0", "n1", "n2");
    }

    @Test
    void totals_byType_addUp() {
        assertThat(registry.select().totals())
                .containsOnly(
                        entry("file", new ResourceTotal(3, 600)),
                        entry("socket", new ResourceTotal(1, 0)));
        assertThat(registry.select().total()).isEqualTo(new ResourceTotal(4, 600));
        add("huge", "h1", Long.MAX_VALUE);
        add("huge", "h2", Long.MAX_VALUE);
        assertThat(registry.select().total()).isEqualTo(new ResourceTotal(6, Long.MAX_VALUE));
        assertThat(registry.metrics().gauges())
                .containsEntry("resource.bytes", Long.MAX_VALUE)
                .containsEntry("resource.open.huge", 2L);
    }

    @Test
    void metrics_anyTypeName_canBeToldApart() {
        add("bytes", "x", 1);
        add("t".repeat(100), "y", 1);
        assertThat(registry.metrics().gauges())
                .containsEntry("resource.open.bytes", 1L)
                .containsEntry("resource.bytes", 602L)
                .containsEntry("resource.open." + "t".repeat(86), 1L);
    }

    @Test
    void cleanup_ofASelection_tellsTheOutcomes() throws Exception {
        held.add(
                registry.request(
                                "file",
                                () -> "x",
                                text -> {
                                    throw new IOException(text);
                                })
                        .tags("hot")
                        .acquire());
        assertThat(Waits.get(registry.select().tag("hot").cleanup()))
                .containsOnly(entry(CleanupOutcome.CLEANED, 2L), entry(CleanupOutcome.FAILED, 1L));
        assertThat(names(registry.open())).containsExactlyInAnyOrder("b", "d");
        assertThat(Waits.get(registry.select().tag("hot").cleanup())).isEmpty();
    }

    @Test
    void view_open_showsAllThereIsToKnow() throws Exception {
        AsyncResourceGuard<?> owner = held.getFirst();
        var scope = registry.scope("scope");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AsyncResourceGuard<String> guard =
                scope.request(
                                "thing",
                                () -> "x",
                                text -> {
                                    inside.countDown();
                                    Waits.hang(go);
                                })
                        .name("named")
                        .priority(CleanupPriority.HIGH)
                        .sizeBytes(7)
                        .tags("t")
                        .dependsOn(owner)
                        .acquire();
        registry.siteSampling("thing", 1);
        held.add(registry.request("thing", () -> "y", text -> {}).ownedBy(owner).acquire());
        ticker.advance(Duration.ofSeconds(5));
        ResourceView view =
                registry.select().matching(v -> v.name().equals("named")).list().getFirst();
        assertThat(view.type()).isEqualTo("thing");
        assertThat(view.priority()).isEqualTo(CleanupPriority.HIGH);
        assertThat(view.age()).isEqualTo(Duration.ofSeconds(5));
        assertThat(view.ownerThread()).isEqualTo(Thread.currentThread().getName());
        assertThat(view.sizeBytes()).hasValue(7);
        assertThat(view.tags()).containsExactly("t");
        assertThat(view.parent()).hasValue("scope");
        assertThat(view.dependsOn()).containsExactly("a");
        assertThat(view.closing()).isFalse();
        assertThat(view.site()).isEmpty();
        ResourceView other = registry.select().type("thing").list().getFirst();
        assertThat(other.parent()).hasValue("a");
        assertThat(other.site()).isPresent();
        var outcome = guard.cleanup();
        Waits.open(inside);
        assertThat(registry.select().tag("t").list()).allMatch(ResourceView::closing);
        go.countDown();
        Waits.get(outcome);
    }

    @Test
    void dump_anyState_isReadable() {
        add(
                "odd",
                "quote \" back \\ line \n tab \t \u0001 snow \u2603 pair \ud83d\ude00",
                1,
                "x:y");
        assertThat(registry.dump())
                .contains("select", "ResourceBalance", "3 of type file", "600 bytes", "tags");
        String json = registry.dumpJson();
        assertThat(json).doesNotContain("\n");
        Object read = Json.read(json);
        assertThat(read)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("name", "select")
                .containsEntry("closed", false)
                .containsKeys("balance", "health", "totals", "resources");
        assertThat(read.toString())
                .contains("quote \" back \\ line \n tab \t \u0001 snow \u2603 pair \ud83d\ude00");
        registry.close(SOON);
        assertThat(Json.read(registry.dumpJson()).toString()).contains("closed=true");
    }

    @Test
    void jmx_on_showsTheRegistryAsLongAsItIsOpen() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.patinox.memory:type=ResourceRegistry,name=\"select\"");
        assertThat(server.getAttribute(name, "Acquired")).isEqualTo(4L);
        assertThat(server.getAttribute(name, "Open")).isEqualTo(4L);
        for (String zero : List.of("Cleaned", "Failed", "Abandoned", "Detached", "Leaked")) {
            assertThat(server.getAttribute(name, zero)).as(zero).isEqualTo(0L);
        }
        assertThat(server.getAttribute(name, "Health")).isEqualTo("UP");
        assertThat((String[]) server.getAttribute(name, "Stuck")).isEmpty();
        assertThat((String[]) call(server, name, "oldest", 2)).hasSize(2);
        assertThat(((String[]) call(server, name, "largest", 1))[0]).startsWith("b (file");
        assertThat((String) call(server, name, "dump")).contains("select");
        assertThat(Json.read((String) call(server, name, "dumpJson"))).isNotNull();
        assertThatThrownBy(() -> ResourceRegistry.builder("select").jmx(true).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("jmx")
                .hasMessageContaining("select");
        registry.close(SOON);
        assertThat(server.isRegistered(name)).isFalse();
        ResourceRegistry.builder("select").jmx(true).build().close();
    }

    private static Object call(MBeanServer server, ObjectName name, String operation, int... n)
            throws Exception {
        return n.length == 0
                ? server.invoke(name, operation, new Object[0], new String[0])
                : server.invoke(name, operation, new Object[] {n[0]}, new String[] {"int"});
    }
}
