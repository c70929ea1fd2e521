package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patinox.jdbc.internal.Database;
import io.patinox.memory.error.InvalidOptionException;
import java.sql.Connection;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every option out of range, missing or contradictory is refused, with its name, before anything
/// is opened.
final class BuilderOptionsTest {
    private static final Duration BELOW = Duration.ofNanos(-1);
    private static final Duration ABOVE = Duration.ofDays(366);

    private static Arguments bad(String option, UnaryOperator<PatinoxDataSourceBuilder> set) {
        return Arguments.of(option, set);
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                bad("user", b -> b.user(null)),
                bad("user", b -> b.user(" ")),
                bad("password", b -> b.password(null)),
                bad("passwordSupplier", b -> b.passwordSupplier(null)),
                bad("passwordSupplier", b -> b.password("x").passwordSupplier(() -> "y")),
                bad("pool", b -> b.pool(null)),
                bad("maxOvertaking", b -> b.pool(pool -> pool.maxOvertaking(-1))),
                bad("property", b -> b.property(null, "v")),
                bad("property", b -> b.property("", "v")),
                bad("property k", b -> b.property("k", null)),
                bad("transactionIsolation", b -> b.transactionIsolation(0)),
                bad("transactionIsolation", b -> b.transactionIsolation(3)),
                bad("catalog", b -> b.catalog(null)),
                bad("catalog", b -> b.catalog("")),
                bad("schema", b -> b.schema(null)),
                bad("schema", b -> b.schema(" ")),
                bad("networkTimeout", b -> b.networkTimeout(null)),
                bad("networkTimeout", b -> b.networkTimeout(BELOW)),
                bad("networkTimeout", b -> b.networkTimeout(Duration.ofNanos(1))),
                bad("networkTimeout", b -> b.networkTimeout(Duration.ofDays(25))),
                bad("connectTimeout", b -> b.connectTimeout(null)),
                bad("connectTimeout", b -> b.connectTimeout(Duration.ZERO)),
                bad("connectTimeout", b -> b.connectTimeout(Duration.ofSeconds(11))),
                bad(
                        "connectTimeout",
                        b ->
                                b.createTimeout(Duration.ofSeconds(1))
                                        .connectTimeout(Duration.ofSeconds(2))),
                bad("validationTimeout", b -> b.validationTimeout(null)),
                bad("validationTimeout", b -> b.validationTimeout(Duration.ZERO)),
                bad("validationTimeout", b -> b.validationTimeout(ABOVE)),
                bad("validationQuery", b -> b.validationQuery(null)),
                bad("validationQuery", b -> b.validationQuery("")),
                bad("name", b -> b.name(null)),
                bad("name", b -> b.name("two words")),
                bad("maxSize", b -> b.maxSize(0)),
                bad("maxSize", b -> b.maxSize(100_001)),
                bad("minSize", b -> b.minSize(-1)),
                bad("minSize", b -> b.minSize(11)),
                bad("minSize", b -> b.maxSize(3).minSize(4)),
                bad("acquireTimeout", b -> b.acquireTimeout(null)),
                bad("acquireTimeout", b -> b.acquireTimeout(BELOW)),
                bad("acquireTimeout", b -> b.acquireTimeout(ABOVE)),
                bad("createTimeout", b -> b.createTimeout(null)),
                bad("createTimeout", b -> b.createTimeout(Duration.ZERO)),
                bad("createTimeout", b -> b.createTimeout(ABOVE)),
                bad("createConcurrency", b -> b.createConcurrency(0)),
                bad("validationBypass", b -> b.validationBypass(BELOW)),
                bad("validationBypass", b -> b.validationBypass(null)),
                bad("idleTimeout", b -> b.idleTimeout(BELOW)),
                bad("idleTimeout", b -> b.idleTimeout(null)),
                bad("maxLifetime", b -> b.maxLifetime(ABOVE)),
                bad("maxLifetime", b -> b.maxLifetime(null)),
                bad("leakThreshold", b -> b.leakThreshold(BELOW)),
                bad("leakThreshold", b -> b.leakThreshold(null)),
                bad("siteSampling", b -> b.siteSampling(-1)),
                bad("closeTimeout", b -> b.closeTimeout(BELOW)),
                bad("closeTimeout", b -> b.closeTimeout(null)),
                bad("monitor", b -> b.monitor(null)),
                bad("registry", b -> b.registry(null)),
                bad("ticker", b -> b.ticker(null)));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void option_invalid_isRefusedByName(
            String option, UnaryOperator<PatinoxDataSourceBuilder> set) {
        RecordingDataSource delegate = new RecordingDataSource(Database.H2::open);
        InvalidOptionException e =
                catchThrowableOfType(
                        InvalidOptionException.class,
                        () -> set.apply(PatinoxDataSource.builder(Database.H2.url())).build());

        assertThat(e.option()).isEqualTo(option);
        assertThat(e).hasMessageStartingWith("OPTION-INVALID: ").hasMessageContaining(option);
        assertThat(delegate.users).isEmpty();
    }

    static Stream<Arguments> onlyWithAUrl() {
        return Stream.of(
                bad("connectTimeout", b -> b.connectTimeout(Duration.ofSeconds(1))),
                bad("property", b -> b.property("ssl", "true")),
                bad("password", b -> b.password("hidden-pw")),
                bad("passwordSupplier", b -> b.passwordSupplier(() -> "hidden-pw")));
    }

    @ParameterizedTest
    @MethodSource("onlyWithAUrl")
    void option_contradictsTheDelegate_isRefusedByName(
            String option, UnaryOperator<PatinoxDataSourceBuilder> set) {
        RecordingDataSource delegate = new RecordingDataSource(Database.H2::open);
        InvalidOptionException e =
                catchThrowableOfType(
                        InvalidOptionException.class,
                        () -> set.apply(PatinoxDataSource.builder(delegate)).build());

        assertThat(e.option()).isEqualTo(option);
        assertThat(e.getMessage()).doesNotContain("hidden-pw");
        assertThat(delegate.users).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void url_blank_isRefused(String url) {
        InvalidOptionException e =
                catchThrowableOfType(
                        InvalidOptionException.class, () -> PatinoxDataSource.builder(url));
        assertThat(e.option()).isEqualTo("jdbcUrl");
    }

    @Test
    void source_null_isRefused() {
        assertThat(
                        catchThrowableOfType(
                                        InvalidOptionException.class,
                                        () -> PatinoxDataSource.builder((String) null))
                                .option())
                .isEqualTo("jdbcUrl");
        assertThat(
                        catchThrowableOfType(
                                        InvalidOptionException.class,
                                        () -> PatinoxDataSource.builder((DataSource) null))
                                .option())
                .isEqualTo("delegate");
    }

    @Test
    void options_atTheirBounds_areTaken() {
        PatinoxDataSource.builder(Database.H2.url())
                .user("sa")
                .password("")
                .checkAtBuild(false)
                .maxSize(100_000)
                .minSize(0)
                .networkTimeout(Duration.ZERO)
                .createTimeout(Duration.ofDays(365))
                .connectTimeout(Duration.ofMillis(1))
                .validationTimeout(Duration.ofMillis(1))
                .acquireTimeout(Duration.ZERO)
                .idleTimeout(Duration.ZERO)
                .maxLifetime(Duration.ZERO)
                .leakThreshold(Duration.ZERO)
                .closeTimeout(Duration.ZERO)
                .siteSampling(0)
                .transactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED)
                .build()
                .close();
    }

    @Test
    void builder_usedTwice_buildsTwo() throws Exception {
        PatinoxDataSourceBuilder builder = PatinoxDataSource.builder(Database.H2.url()).maxSize(1);
        try (PatinoxDataSource one = builder.build();
                PatinoxDataSource two = builder.build();
                Connection first = one.getConnection();
                Connection second = two.getConnection()) {
            assertThat(first.isValid(1) && second.isValid(1)).isTrue();
        }
    }
}
