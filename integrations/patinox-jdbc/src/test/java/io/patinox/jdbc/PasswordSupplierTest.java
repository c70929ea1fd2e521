package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patinox.jdbc.internal.Database;
import io.patinox.memory.error.RecoveryStrategy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Passwords that change while the data source is in use.
final class PasswordSupplierTest {
    private static final String NEXT = "next-0penSesame";
    private final AtomicReference<@Nullable String> current =
            new AtomicReference<>(Database.PASSWORD);

    private PatinoxDataSourceBuilder builder() {
        String url = Database.POSTGRES.url();
        return PatinoxDataSource.builder(url.substring(0, url.indexOf('?')))
                .user(Database.USER)
                .acquireTimeout(Duration.ofSeconds(20))
                .maxSize(2)
                .passwordSupplier(current::get);
    }

    private static void setPassword(String password) throws SQLException {
        try (Connection connection = Database.POSTGRES.open();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + Database.USER + " PASSWORD '" + password + "'");
        }
    }

    @AfterEach
    void putBack() throws SQLException {
        setPassword(Database.PASSWORD);
    }

    @Test
    void password_rotated_isUsedByTheNextConnection() throws SQLException {
        try (PatinoxDataSource source = builder().build();
                Connection before = source.getConnection()) {
            setPassword(NEXT);
            current.set(NEXT);
            try (Connection after = source.getConnection()) {
                assertThat(after.isValid(5)).isTrue();
            }
            assertThat(before.isValid(5)).isTrue();
        }
    }

    @Test
    void password_rotatedTooEarly_isToldWithoutEither() throws SQLException {
        current.set(NEXT);
        Throwable failure = catchThrowable(() -> builder().build().close());
        assertThat(failure)
                .isInstanceOfSatisfying(
                        JdbcException.class,
                        e -> {
                            assertThat(e.jdbcCode()).isEqualTo(JdbcErrorCode.AUTHENTICATION);
                            assertThat(e.strategy()).isInstanceOf(RecoveryStrategy.Fail.class);
                        });
        assertThat(everything(failure)).doesNotContain(NEXT).doesNotContain(Database.PASSWORD);
    }

    @Test
    void supplier_fails_isTheCauseAndShowsNoPassword() {
        PatinoxDataSourceBuilder builder =
                builder()
                        .passwordSupplier(() -> {
                            throw new IllegalStateException("the vault is sealed");
                        });
        assertThatThrownBy(() -> builder.build().close())
                .isInstanceOf(JdbcException.class)
                .hasMessageContaining("the vault is sealed");
    }

    @Test
    void supplier_returnsNull_isRefusedByName() {
        current.set(null);
        assertThatThrownBy(() -> builder().build().close())
                .isInstanceOf(JdbcException.class)
                .hasMessageContaining("passwordSupplier returned null");
    }

    @Test
    void supplier_forADelegate_isAskedEachTime() throws SQLException {
        RecordingDataSource delegate = new RecordingDataSource(Database.H2::open);
        try (PatinoxDataSource source =
                        PatinoxDataSource.builder(delegate)
                                .user("sa")
                                .passwordSupplier(() -> "pw-" + delegate.users.size())
                                .build();
                Connection first = source.getConnection();
                Connection second = source.getConnection()) {
            assertThat(first).isNotSameAs(second);
        }
        assertThat(delegate.users).hasSize(2);
    }

    @Test
    void secrets_ofASupplier_areHiddenForAWhile() {
        Secrets secrets = Secrets.of(null, new Properties());
        for (int i = 100; i < 120; i++) {
            secrets.remember("pass-" + i);
            secrets.remember("pass-" + i);
        }
        assertThat(secrets.scrub("119: pass-119")).isEqualTo("119: ***");
        assertThat(secrets.scrub("104: pass-104")).isEqualTo("104: ***");
        assertThat(secrets.scrub("103: pass-103")).isEqualTo("103: pass-103");
    }

    private static String everything(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
