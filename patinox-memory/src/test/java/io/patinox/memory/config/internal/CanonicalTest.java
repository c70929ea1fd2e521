package io.patinox.memory.config.internal;

import static io.patinox.memory.config.internal.TestTrees.env;
import static io.patinox.memory.config.internal.TestTrees.from;
import static io.patinox.memory.config.internal.TestTrees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CanonicalTest {

    record Db(String url, int maxSize, Secret<String> accessKey) {}

    record App(
            Db db,
            String dbUrl,
            Optional<Db> spareDb,
            List<Db> replicas,
            List<String> hosts,
            Map<String, String> levels,
            Map<String, Db> named,
            Choice choice) {}

    sealed interface Choice {}

    record One(int firstThing) implements Choice {}

    record Two(int secondThing) implements Choice {}

    private static Table canonical(Table tree) {
        return Canonical.table(App.class, tree);
    }

    @Test
    void keys_inAnySpelling_becomeThoseOfTheType() {
        assertThat(
                        canonical(
                                tree(
                                        "DB", Map.of("max-size", 1L),
                                        "spare_db", Map.of("MAX_SIZE", 2L),
                                        "replicas", List.of(Map.of("max_size", 3L)),
                                        "named", Map.of("a-b", Map.of("Url", "u")),
                                        "choice", Map.of("type", "one", "first-thing", 4L),
                                        "odd-key", 5L)))
                .returns(true, t -> t.at("db.maxSize") != null)
                .returns(true, t -> t.at("spareDb.maxSize") != null)
                .returns(true, t -> t.at("named.a-b.url") != null)
                .returns(true, t -> t.at("choice.firstThing") != null)
                .returns(true, t -> t.at("odd-key") != null)
                .returns(true, t -> t.at("replicas") != null);
        assertThat(canonical(tree("db-url", "a", "dbUrl", "b")).entries())
                .containsOnlyKeys("db-url", "dbUrl");
        assertThat(canonical(tree("db-url", "a", "db_url", "b")).entries())
                .containsOnlyKeys("dbUrl", "db_url");
        assertThat(canonical(tree("choice", Map.of("type", "none"), "db", "text")).entries())
                .containsOnlyKeys("choice", "db");
    }

    @Test
    void variables_whoseWordsMeanTwoThings_findTheirPlace() {
        Table tree =
                canonical(
                        env(
                                "db_url", "the longest name first",
                                "db_max_size", "1",
                                "db_access_key", "s",
                                "spare_db_max_size", "2",
                                "replicas_0_max_size", "3",
                                "replicas_1_url", "r",
                                "hosts_0", "h",
                                "levels_io_patinox", "DEBUG",
                                "named_x_max_size", "4",
                                "choice_type", "two",
                                "choice_second_thing", "5",
                                "home_of_others", "x"));

        assertThat(tree.at("dbUrl")).isNotNull();
        assertThat(tree.at("db.maxSize")).isNotNull();
        assertThat(tree.at("db.accessKey")).isNotNull();
        assertThat(tree.at("spareDb.maxSize")).isNotNull();
        assertThat(tree.at("replicas.0.maxSize")).isNotNull();
        assertThat(tree.at("replicas.1.url")).isNotNull();
        assertThat(tree.at("hosts.0")).isNotNull();
        assertThat(((Table) tree.at("levels")).entries()).containsOnlyKeys("io.patinox");
        assertThat(tree.at("named.x.maxSize")).isNotNull();
        assertThat(tree.at("choice.type")).isNotNull();
        assertThat(tree.at("choice.secondThing")).isNotNull();
        assertThat(tree.at("home.of.others")).isNotNull();
        assertThat(tree.entries()).hasSize(9);
    }

    @Test
    void variables_thatContradict_bothStay() {
        assertThat(canonical(env("db", "x", "db_max_size", "1")).entries())
                .containsOnlyKeys("db", "db_maxSize");
        assertThat(canonical(env()).entries()).isEmpty();
        assertThat(canonical(env("choice_third", "1", "hosts_x", "1")).entries())
                .containsOnlyKeys("choice", "hosts");
    }

    @Test
    void layers_ofSeveralSpellings_areMergedByMeaning() {
        Table merged =
                Trees.merge(
                        App.class,
                        List.of(
                                from(
                                        "file a",
                                        "db",
                                        Map.of("max-size", 1L, "url", "u"),
                                        "hosts",
                                        "x"),
                                from("file b", "Db", Map.of("maxSize", 2L), "hosts", List.of("y")),
                                env("db_max_size", "3")));

        assertThat(merged.at("db.maxSize").origin().source()).startsWith("env");
        assertThat(merged.at("db.url").origin().source()).isEqualTo("file a");
        assertThat(merged.at("hosts").origin().source()).isEqualTo("file b");
        assertThat(Trees.merge(List.of()).entries()).isEmpty();
    }

    @Test
    void names_nearTheKnown_areFound() {
        assertThat(Names.nearest("prot", List.of("port", "host"))).contains("port");
        assertThat(Names.nearest("max-sze", List.of("maxSize", "minSize"))).contains("maxSize");
        assertThat(Names.nearest("x".repeat(500), List.of("port"))).isEmpty();
        assertThat(Names.nearest("colour", List.of("port"))).isEmpty();
        assertThat(Names.distance("", "abc")).isEqualTo(3);
        assertThat(Names.distance("kitten", "sitting")).isEqualTo(3);
    }
}
