package io.patinox.memory.config.internal;

import static io.patinox.memory.config.internal.TestTrees.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.ConfigProblem;
import io.patinox.memory.config.Default;
import io.patinox.memory.config.Secret;
import io.patinox.memory.config.UnknownKeys;
import io.patinox.memory.error.ConfigTypeException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BinderTest {

    record Pool(@Default("10") int maxSize, @Default("30s") Duration timeout) {
        Pool {
            if (maxSize < 1) {
                throw new IllegalArgumentException("maxSize must be at least 1");
            }
        }
    }

    record App(
            String name,
            @Default("8080") int port,
            Pool pool,
            List<Pool> more,
            Set<ChronoUnit> units,
            Map<String, Integer> limits,
            Map<ChronoUnit, Pool> pools,
            Optional<Pool> spare,
            @Nullable String note) {}

    private static <T> Bound<T> bind(Class<T> type, Table tree) {
        return Binder.bind(type, tree, BindOptions.defaults());
    }

    private static <T> List<String> problems(Class<T> type, Table tree) {
        Bound<T> bound = bind(type, tree);
        assertThat(bound.value()).isNull();
        return bound.problems().stream().map(ConfigProblem::toString).toList();
    }

    @Test
    void record_ofEverything_isBound() {
        Bound<App> bound =
                bind(
                        App.class,
                        tree(
                                "NAME", "shop",
                                "pool", Map.of("max-size", 3L, "timeout", "5 min"),
                                "more", List.of(Map.of("max_size", 4L), Map.of()),
                                "units", List.of("days", "half-days"),
                                "limits", Map.of("a.b", 1L, "c", Map.of("d", 2L)),
                                "pools", Map.of("SECONDS", Map.of("MAXSIZE", 7L)),
                                "spare", Map.of("maxSize", 9L)));

        assertThat(bound.problems()).isEmpty();
        assertThat(bound.value())
                .isEqualTo(
                        new App(
                                "shop",
                                8080,
                                new Pool(3, Duration.ofMinutes(5)),
                                List.of(
                                        new Pool(4, Duration.ofSeconds(30)),
                                        new Pool(10, Duration.ofSeconds(30))),
                                Set.of(ChronoUnit.DAYS, ChronoUnit.HALF_DAYS),
                                Map.of("a.b", 1, "c.d", 2),
                                Map.of(ChronoUnit.SECONDS, new Pool(7, Duration.ofSeconds(30))),
                                Optional.of(new Pool(9, Duration.ofSeconds(30))),
                                null));
    }

    @Test
    void record_ofNothing_isItsDefaults() {
        Bound<App> bound = bind(App.class, tree("name", "shop", "port", null));

        assertThat(bound.value())
                .isEqualTo(
                        new App(
                                "shop",
                                8080,
                                new Pool(10, Duration.ofSeconds(30)),
                                List.of(),
                                Set.of(),
                                Map.of(),
                                Map.of(),
                                Optional.empty(),
                                null));
        assertThat(bound.explanation().text())
                .contains("name = shop (file test:1:1)\n")
                .contains("port = 8080 (default of App.port)\n")
                .contains("pool.maxSize = 10 (default of Pool.maxSize)\n")
                .contains("note = (none) (default of App.note)\n");
        assertThat(bound.explanation()).hasToString(bound.explanation().text());
    }

    @Test
    void problems_ofAWholeTree_areReportedTogether() {
        assertThat(
                        problems(
                                App.class,
                                tree(
                                        "prot", 1L,
                                        "port", "many",
                                        "pool", Map.of("maxSize", 0L),
                                        "more", List.of(Map.of("maxSize", 1.5), "text"),
                                        "units", List.of("days", "DAYS", "moons"),
                                        "limits", List.of(),
                                        "pools", Map.of("moons", Map.of()),
                                        "spare", Map.of("zzz", 1L))))
                .containsExactlyInAnyOrder(
                        "prot: is not known; did you mean port? (file test:1:1)",
                        "name: is missing, and has no default (file test:1:1)",
                        "port: must be a whole number from -2,147,483,648 to 2,147,483,647, but is"
                                + " 'many' (file test:2:1)",
                        "pool: Pool refused its values: IllegalArgumentException: maxSize must be"
                                + " at least 1 (file test:3:1)",
                        "more[0].maxSize: must be a whole number from -2,147,483,648 to"
                                + " 2,147,483,647, but is '1.5' (file test:4:1)",
                        "more[1]: must be a table, but is one plain value (file test:4:1)",
                        "units[1]: is in this set before (file test:5:1)",
                        "units[2]: must be one of NANOS, MICROS, MILLIS, SECONDS, MINUTES, HOURS,"
                                + " HALF_DAYS, DAYS, WEEKS, MONTHS, YEARS, DECADES, CENTURIES,"
                                + " MILLENNIA, ERAS, FOREVER, but is 'moons' (file test:5:1)",
                        "limits: must be a table, but is none (file test:6:1)",
                        "pools.moons: the key must be one of NANOS, MICROS, MILLIS, SECONDS,"
                                + " MINUTES, HOURS, HALF_DAYS, DAYS, WEEKS, MONTHS, YEARS, DECADES,"
                                + " CENTURIES, MILLENNIA, ERAS, FOREVER (file test:7:1)",
                        "spare.zzz: is not known; known here: maxSize, timeout (file test:8:1)");
    }

    record Lists(List<Integer> numbers, Collection<String> texts, Map<Integer, String> names) {}

    @Test
    void lists_inSourcesWithoutThem_areTextOrNumberedKeys() {
        assertThat(
                        bind(
                                        Lists.class,
                                        tree(
                                                "numbers", " 1, 2 ,3",
                                                "texts", Map.of("10", "b", "2", "a"),
                                                "names", Map.of("1", "x")))
                                .value())
                .isEqualTo(new Lists(List.of(1, 2, 3), List.of("a", "b"), Map.of(1, "x")));
        assertThat(bind(Lists.class, tree("numbers", 7L, "texts", "")).value())
                .isEqualTo(new Lists(List.of(7), List.of(), Map.of()));
        assertThat(problems(Lists.class, tree("texts", Map.of("a", "b"), "numbers", "1,,2")))
                .anyMatch(p -> p.startsWith("texts: must be a sequence, or text with commas"))
                .anyMatch(p -> p.startsWith("numbers[1]: must be a whole number"));
        assertThat(problems(Lists.class, tree("names", Map.of("1", "x", "01", "y"))))
                .anyMatch(p -> p.contains("is the same key as one before"));
    }

    record Optionals(OptionalInt i, OptionalLong l, OptionalDouble d, Optional<String> s) {}

    @Test
    void optionals_ofAllKinds_areBound() {
        assertThat(bind(Optionals.class, tree("i", 1L, "l", "2", "d", 2.5, "s", "x")).value())
                .isEqualTo(
                        new Optionals(
                                OptionalInt.of(1),
                                OptionalLong.of(2),
                                OptionalDouble.of(2.5),
                                Optional.of("x")));
        assertThat(bind(Optionals.class, tree()).value())
                .isEqualTo(
                        new Optionals(
                                OptionalInt.empty(),
                                OptionalLong.empty(),
                                OptionalDouble.empty(),
                                Optional.empty()));
        assertThat(problems(Optionals.class, tree("i", "x", "l", "x", "d", "x", "s", 1L)))
                .hasSize(4);
    }

    sealed interface Storage {}

    record Disk(String folder) implements Storage {}

    sealed interface Remote extends Storage {}

    record BigBucket(String url) implements Remote {}

    record Stored(Storage storage) {}

    @Test
    void choice_byItsType_isMade() {
        assertThat(
                        bind(Stored.class, tree("storage", Map.of("type", "disk", "folder", "/")))
                                .value())
                .isEqualTo(new Stored(new Disk("/")));
        assertThat(bind(Storage.class, tree("Type", "big-bucket", "url", "u")).value())
                .isEqualTo(new BigBucket("u"));
        assertThat(problems(Stored.class, tree("storage", Map.of("folder", "/"))))
                .containsExactly(
                        "storage.type: is missing: it chooses one of Disk, BigBucket"
                                + " (file test:1:1)");
        assertThat(problems(Stored.class, tree("storage", Map.of("type", "tape"))))
                .containsExactly(
                        "storage.type: must be one of Disk, BigBucket, but is 'tape'"
                                + " (file test:1:1)");
        assertThat(problems(Stored.class, tree("storage", Map.of("type", List.of()))))
                .anyMatch(p -> p.contains("but is something else"));
        assertThat(problems(Stored.class, tree("x", 1L)))
                .anyMatch(p -> p.startsWith("storage: is missing"));
        assertThat(problems(Stored.class, tree("storage", List.of())))
                .anyMatch(p -> p.contains("must be a table, but is a sequence"));
    }

    @Test
    void unknownKeys_onRequest_areWarnings() {
        var lenient = new BindOptions(UnknownKeys.WARN, null, Set.of());

        Bound<Pool> bound = Binder.bind(Pool.class, tree("maxsize", 1L, "colour", 1L), lenient);

        assertThat(bound.value()).isEqualTo(new Pool(1, Duration.ofSeconds(30)));
        assertThat(bound.warnings())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        "colour: is not known, and ignored; known here: maxSize, timeout"
                                + " (file test:2:1)");
        assertThat(bind(Pool.class, TestTrees.env("home", "/")).warnings()).hasSize(1);
        assertThat(problems(Pool.class, TestTrees.from("envoy", "home", "/"))).hasSize(1);
    }

    @Test
    void key_givenTwice_isAProblem() {
        assertThat(problems(Pool.class, tree("max-size", 1L, "maxSize", 2L)))
                .containsExactly(
                        "maxSize: was given twice: max-size at file test:1:1 and maxSize at"
                                + " file test:2:1 (file test:2:1)");
        assertThat(bind(Pool.class, tree("schemaVersion", 3L)).problems()).isEmpty();
    }

    record Loop(String name, Loop inner) {}

    record Chain(String name, Optional<Chain> next) {}

    record Bad(@Default("x") int number) {}

    record Odd(Thread thread) {}

    record OddKeys(Map<Thread, String> map) {}

    record Generic<T>(T value) {}

    sealed interface Empty {}

    static final class Full implements Empty {}

    @Test
    void types_thatCannotBeBound_areRefusedByName() {
        assertThatExceptionOfType(ConfigTypeException.class)
                .isThrownBy(() -> bind(String.class, tree()))
                .withMessageContaining("it is no record");
        assertThatExceptionOfType(ConfigTypeException.class)
                .isThrownBy(() -> bind(Loop.class, tree("name", "a")))
                .withMessageContaining("make inner an Optional");
        assertThatExceptionOfType(ConfigTypeException.class)
                .isThrownBy(() -> bind(Bad.class, tree()))
                .withMessageContaining("default of Bad.number cannot be bound: it must be a whole");
        assertThatExceptionOfType(ConfigTypeException.class)
                .isThrownBy(() -> bind(Odd.class, tree("thread", "x")))
                .withMessageContaining("'thread' of type java.lang.Thread");
        assertThatExceptionOfType(ConfigTypeException.class)
                .isThrownBy(() -> bind(OddKeys.class, tree("map", Map.of())))
                .withMessageContaining("keys of a map");
        assertThatExceptionOfType(ConfigTypeException.class)
                .isThrownBy(() -> bind(Generic.class, tree("value", "x")));
        assertThatExceptionOfType(ConfigTypeException.class)
                .isThrownBy(() -> bind(Empty.class, tree()))
                .withMessageContaining("permits no records");
        assertThat(bind(Chain.class, tree("name", "a", "next", Map.of("name", "b"))).value())
                .isEqualTo(new Chain("a", Optional.of(new Chain("b", Optional.empty()))));
    }

    record Fatal(String text) {
        Fatal {
            throw new StackOverflowError(text);
        }
    }

    @Test
    void constructor_thatThrowsAnError_isNotHidden() {
        assertThatThrownBy(() -> bind(Fatal.class, tree("text", "x")))
                .isInstanceOf(StackOverflowError.class);
    }

    record Login(String user, Secret<String> password, Optional<Secret<char[]>> key, int pin) {
        Login {
            if (user.equals("root")) {
                throw new IllegalArgumentException("not root with " + password.reveal());
            }
        }
    }

    record Logins(List<Login> list, Map<String, Secret<Integer>> codes, BigInteger plain) {}

    @Test
    void secrets_whereverTheyStand_areNeverShown() {
        var options = new BindOptions(UnknownKeys.REFUSE, null, Set.of("list.*.pin", "plain"));
        Table good =
                tree(
                        "list",
                        List.of(
                                Map.of(
                                        "user",
                                        "a",
                                        "password",
                                        "hunter2",
                                        "key",
                                        "k3y",
                                        "pin",
                                        7531L)),
                        "codes",
                        Map.of("x", 8642L),
                        "plain",
                        9753L);

        Bound<Logins> bound = Binder.bind(Logins.class, good, options);

        assertThat(bound.problems()).isEmpty();
        assertThat(bound.value().list().getFirst().password().reveal()).isEqualTo("hunter2");
        assertThat(bound.value().list().getFirst().key().orElseThrow().reveal())
                .containsExactly('k', '3', 'y');
        assertThat(bound.explanation().text())
                .contains("list[0].password = ***", "list[0].pin = ***", "plain = ***")
                .contains("codes.x = ***")
                .doesNotContain("hunter2", "k3y", "7531", "8642", "9753");

        Table bad =
                tree(
                        "list",
                        List.of(
                                Map.of("user", "root", "password", "hunter2", "pin", 1L),
                                Map.of("user", "b", "password", 7531L, "pin", "7531x")),
                        "codes",
                        Map.of("x", "8642x"),
                        "plain",
                        "9753x");
        List<ConfigProblem> problems = Binder.bind(Logins.class, bad, options).problems();
        assertThat(problems).hasSize(5);
        assertThat(problems.toString())
                .contains("list[0]: Login refused its values: IllegalArgumentException (")
                .contains("list[1].password: must be text, in quotes, but is ***")
                .doesNotContain("hunter2", "7531", "8642", "9753");
    }

    sealed interface Vault {}

    record Safe(Secret<String> key) implements Vault {}

    record Drawer(Optional<Drawer> inner) implements Vault {}

    record House(Vault vault, List<? extends Number> odd) {
        House {
            throw new IllegalStateException("no room for " + vault);
        }
    }

    @Test
    void refusal_ofARecordThatMayHoldSecrets_isToldByItsTypeOnly() {
        assertThat(problems(House.class, tree("vault", Map.of("type", "safe", "key", "hunter2"))))
                .containsExactly("House refused its values: IllegalStateException (file test:1:1)");
        assertThat(Records.holdsSecret(Drawer.class)).isFalse();
        assertThat(Records.holdsSecret(Vault.class)).isTrue();
    }

    @Test
    void origins_ofPaths_areThoseOfTheNearest() {
        Bound<Stored> bound =
                bind(Stored.class, tree("storage", Map.of("type", "Disk", "folder", "/")));

        var found =
                bound.withOrigins(
                        List.of(
                                new ConfigProblem(
                                        "storage.folder",
                                        "no",
                                        io.patinox.memory.config.ConfigValidator.UNKNOWN),
                                new ConfigProblem(
                                        "else[3].x",
                                        "no",
                                        io.patinox.memory.config.ConfigValidator.UNKNOWN),
                                new ConfigProblem(
                                        "x", "no", io.patinox.memory.config.Origin.of("mine"))));
        assertThat(found)
                .extracting(p -> p.origin().toString())
                .containsExactly("file test:1:1", "file test:1:1", "mine");
    }
}
