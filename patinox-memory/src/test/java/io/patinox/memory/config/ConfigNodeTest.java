package io.patinox.memory.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.error.ConfigMigrationException;
import io.patinox.memory.error.ConfigSchemaException;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.SecretDestroyedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigNodeTest {

    private static final Origin HERE = new Origin("file a", 2, 3);
    private static final Table EMPTY = Table.empty(HERE);

    @Test
    void table_changedByPaths_isAnotherTable() {
        Table table = EMPTY.with("a.b.c", (Object) "x").with("a.d", (Object) 1);

        assertThat(table.at("a.b.c")).isEqualTo(new Scalar("x", HERE));
        assertThat(table.at("a.d")).isEqualTo(new Scalar(1L, HERE));
        assertThat(table.at("a.d.e")).isNull();
        assertThat(table.at("z")).isNull();
        assertThat(table.without("a.b.x")).isSameAs(table);
        assertThat(table.without("a.b").at("a.b.c")).isNull();
        assertThat(table.without("a").entries()).isEmpty();
        assertThat(table.moved("a.b", "q.r").at("q.r.c")).isEqualTo(new Scalar("x", HERE));
        assertThat(table.moved("none", "q")).isSameAs(table);
        assertThat(table.with("a.d.e", (Object) true).at("a.d.e")).isNotNull();
        Origin there = Origin.of("there");
        Table other = EMPTY.with("a", new Scalar(1L, there)).with("a", (Object) 2L);
        assertThat(other.at("a")).isEqualTo(new Scalar(2L, there));
        assertThat(EMPTY.entries()).isEmpty();
    }

    @Test
    void content_whereverItComesFrom_canBeCompared() {
        Table one = EMPTY.with("a", list(1L, 2L)).with("b", (Object) "x");
        Table same = Table.empty(Origin.of("else")).with("b", (Object) "x").with("a", list(1L, 2L));

        assertThat(one.sameContent(same)).isTrue();
        assertThat(one).isNotEqualTo(same);
        assertThat(one.sameContent(same.with("a", list(1L)))).isFalse();
        assertThat(one.sameContent(same.with("a", list(1L, 3L)))).isFalse();
        assertThat(one.sameContent(same.with("a", (Object) 1L))).isFalse();
        assertThat(one.sameContent(same.with("b", EMPTY))).isFalse();
        assertThat(one.sameContent(same.without("b"))).isFalse();
        assertThat(EMPTY.with("t", EMPTY).sameContent(EMPTY.with("t", list()))).isFalse();
    }

    private static Sequence list(Object... values) {
        List<ConfigNode> items = new ArrayList<>();
        for (Object value : values) {
            items.add(new Scalar(value, HERE));
        }
        return new Sequence(items, HERE);
    }

    @Test
    void text_ofAnyNode_showsNoValue() {
        Table table = EMPTY.with("pin", (Object) "1234").with("pins", list("5678"));

        assertThat(table.toString() + table.at("pin") + table.at("pins") + new Scalar(null, HERE))
                .isEqualTo(
                        "table [pin, pins] from file a:2:3String from file a:2:3sequence of 1 from"
                                + " file a:2:3null from file a:2:3");
        assertThat(new Origin("s", 4, 0)).hasToString("s:4");
        assertThat(new ConfigProblem("", "m", Origin.of("s"))).hasToString("m (s)");
    }

    @Test
    void scalar_ofAnotherType_isRefusedWithoutItsValue() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new Scalar(new StringBuilder("hunter2"), HERE))
                .withMessageContaining("but is java.lang.StringBuilder")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void steps_fromTheVersionOfTheTree_runInOrder() {
        Migrations migrations =
                Migrations.from(2)
                        .step(2, tree -> tree.with("log", (Object) "2"))
                        .step(3, tree -> tree.moved("log", "log3"))
                        .build();

        assertThat(migrations.latest()).isEqualTo(4);
        assertThat(migrations.migrate(EMPTY).entries()).containsOnlyKeys("log3", "schemaVersion");
        Table third = EMPTY.with("schemaVersion", (Object) " 3 ").with("log", (Object) "x");
        assertThat(migrations.migrate(third).at("log3")).isNotNull();
        Table fourth = EMPTY.with("schemaVersion", (Object) 4L);
        assertThat(migrations.migrate(fourth)).isSameAs(fourth);
        assertThat(Migrations.none().migrate(EMPTY)).isSameAs(EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "x", "-1", "99999999999"})
    void tree_ofAnUnknownVersion_isRefused(String version) {
        Migrations migrations = Migrations.from(2).step(2, t -> t).step(3, t -> t).build();

        assertThatExceptionOfType(ConfigSchemaException.class)
                .isThrownBy(() -> migrations.migrate(EMPTY.with("schemaVersion", (Object) version)))
                .withMessageContaining("file a:2:3: schemaVersion is ")
                .withMessageContaining("knows 2 to 4");
        assertThatExceptionOfType(ConfigSchemaException.class)
                .isThrownBy(() -> migrations.migrate(EMPTY.with("schemaVersion", EMPTY)));
    }

    @Test
    void step_thatFails_isTheLast() {
        List<Integer> ran = new ArrayList<>();
        Migrations migrations =
                Migrations.from(1)
                        .step(
                                1,
                                _ -> {
                                    throw new IllegalStateException("hunter2");
                                })
                        .step(
                                2,
                                tree -> {
                                    ran.add(2);
                                    return tree;
                                })
                        .build();

        assertThatExceptionOfType(ConfigMigrationException.class)
                .isThrownBy(() -> migrations.migrate(EMPTY))
                .withMessageContaining("step from schema version 1 to 2 failed with Illegal")
                .withMessageNotContaining("hunter2");
        assertThat(ran).isEmpty();
        assertThatExceptionOfType(ConfigMigrationException.class)
                .isThrownBy(() -> Migrations.from(1).step(1, _ -> null).build().migrate(EMPTY));
    }

    @Test
    void steps_withAGap_areRefused() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Migrations.from(1).step(2, t -> t))
                .withMessageContaining("lead to, 1, but is 2");
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Migrations.from(0));
    }

    record Declaring() {
        static Migrations migrations() {
            return Migrations.from(7).build();
        }
    }

    record Throwing() {
        static Migrations migrations() {
            throw new IllegalStateException("no");
        }
    }

    record Failing() {
        static Migrations migrations() {
            throw new StackOverflowError("no");
        }
    }

    record Other(String migrations) {}

    @Test
    void type_withAMethodMigrations_declaresThem() {
        assertThat(Migrations.declaredBy(Declaring.class).latest()).isEqualTo(7);
        assertThat(Migrations.declaredBy(Other.class)).isSameAs(Migrations.none());
        assertThat(Migrations.declaredBy(String.class)).isSameAs(Migrations.none());
        assertThatExceptionOfType(ConfigMigrationException.class)
                .isThrownBy(() -> Migrations.declaredBy(Throwing.class));
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> Migrations.declaredBy(Failing.class));
    }

    @Test
    void secret_ofAnyType_isMaskedAndComparable() {
        assertThat(Secret.of("a")).hasToString("***").isEqualTo(Secret.of("a"));
        assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo("a");
        assertThat(Secret.of("a")).isNotEqualTo(Secret.of(new char[] {'a'}));
        assertThat(Secret.of(1)).isEqualTo(Secret.of(1)).hasSameHashCodeAs(Secret.of(2));
        assertThat(Secret.of(new char[] {'a'})).isEqualTo(Secret.of(new char[] {'a'}));
        assertThat(Secret.of(new byte[] {1})).isEqualTo(Secret.of(new byte[] {1}));
        assertThat(Secret.of(new byte[] {1})).isNotEqualTo(Secret.of(new byte[] {2}));
        assertThat(java.io.Serializable.class.isAssignableFrom(Secret.class)).isFalse();
    }

    @Test
    void secret_destroyed_isGone() {
        char[] chars = {'a', 'b'};
        byte[] bytes = {1, 2};
        Secret<char[]> first = Secret.of(chars);
        Secret<byte[]> second = Secret.of(bytes);
        Secret<String> third = Secret.of("x");
        assertThat(third.isDestroyed()).isFalse();

        List.of(first, second, third).forEach(Secret::destroy);
        first.destroy();

        assertThat(chars).containsOnly('\0');
        assertThat(bytes).containsOnly(0);
        assertThat(third.isDestroyed()).isTrue();
        assertThat(third).isEqualTo(third).isNotEqualTo(Secret.of("x"));
        assertThatExceptionOfType(SecretDestroyedException.class).isThrownBy(third::reveal);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "512, 512B",
        "64MiB, 64MiB",
        "1.5 GiB, 1536MiB",
        "10kB, 10000B",
        "1 KIB, 1KiB",
        "2TB, 1953125000KiB",
        "1PiB, 1PiB",
    })
    void size_inEveryUnit_isRead(String text, String shown) {
        ByteSize size = ByteSize.parse(text);
        assertThat(size).hasToString(shown);
        assertThat(ByteSize.parse(size.toString())).isEqualByComparingTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1M", "1.5B", "1.5", "99999999999PiB", "1 2", "MiB"})
    void size_otherTexts_areRefused(String text) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> ByteSize.parse(text));
        assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> new ByteSize(-1));
    }

    record App(int port, String pin) {}

    @Test
    void binder_withAllOptions_bindsAndValidates() {
        ConfigBinder<App> binder =
                ConfigBinder.builder(App.class)
                        .unknownKeys(UnknownKeys.WARN)
                        .secret("pin")
                        .lookup(java.lang.invoke.MethodHandles.lookup())
                        .validator(new Always("port", "is odd"))
                        .validator(new Breaking())
                        .build();
        Table tree = EMPTY.with("port", (Object) 1L).with("pin", (Object) "1234").with("x", EMPTY);

        ConfigBinding<App> binding = binder.bind(EMPTY, tree);

        assertThat(binding.problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        "port: is odd (file a:2:3)",
                        "a validator failed with IllegalStateException (file a:2:3)");
        assertThat(binding.warnings()).hasSize(1);
        assertThat(binding.explain()).contains("pin = ***");
        assertThat(binding).hasToString("App with 2 problems");
        assertThatExceptionOfType(io.patinox.memory.error.ConfigBindingException.class)
                .isThrownBy(binding::value)
                .withMessageContaining("App has 2 problems: port: is odd");
        assertThat(ConfigBinder.builder(App.class).build().bind(EMPTY).problems()).hasSize(2);
    }

    private record Always(String path, String message) implements ConfigValidator {
        @Override
        public <T> List<ConfigProblem> validate(T value) {
            return List.of(new ConfigProblem(path, message, UNKNOWN));
        }
    }

    private record Breaking() implements ConfigValidator {
        @Override
        public <T> List<ConfigProblem> validate(T value) {
            throw new IllegalStateException("hunter2");
        }
    }

    @Test
    void table_ofNulls_isRefused() {
        var entries = new java.util.HashMap<String, ConfigNode>();
        entries.put("a", null);
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new Table(entries, HERE));
        assertThat(new Table(Map.of(), HERE).entries()).isUnmodifiable();
    }
}
