package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
    private static final String SECRET = "S3cr3t!x";

    private static Properties properties(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return properties;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/orders?user=app&password=S3cr3t!x&ssl=true",
                "jdbc:postgresql://db/orders?sslpassword=S3cr3t!x",
                "jdbc:mysql://app:S3cr3t!x@db:3306/orders",
                "jdbc:h2:mem:x;USER=sa;PASSWORD=S3cr3t!x;MODE=MySQL",
                "jdbc:sqlserver://db;databaseName=x;password=S3cr3t!x;",
                "jdbc:oracle:thin:scott/S3cr3t!x@//db:1521/orders",
                "jdbc:mysql://(host=db,password=S3cr3t!x)/orders",
                "jdbc:other:db?apiToken=S3cr3t!x"
            })
    void url_withASecret_isNeverShown(String url) {
        assertThat(Secrets.display(url)).doesNotContain(SECRET);
        Secrets secrets = Secrets.of(url, new Properties());
        assertThat(secrets.scrub("the driver quotes " + url)).doesNotContain(SECRET);
        assertThat(secrets.scrub("or the value alone: " + SECRET + "."))
                .isEqualTo("or the value alone: ***.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db:5432/x?user=a&password=b | jdbc:postgresql://db:5432/x",
                "jdbc:postgresql://one:1,two:2/orders | jdbc:postgresql://one:1,two:2/orders",
                "jdbc:mysql://app:pw@db:3306/orders | jdbc:mysql://db:3306/orders",
                "jdbc:h2:mem:x;PASSWORD=b | jdbc:h2:mem:x",
                "jdbc:postgresql://[::1]:5432/orders | jdbc:postgresql://[::1]:5432/orders",
                "jdbc:mysql://u:p/w@db/orders | jdbc:mysql:***",
                "jdbc:mysql://u:p?w@db/orders | jdbc:mysql:***",
                "not a url | ***"
            })
    void display_url_namesTheDatabaseOnly(String url, String shown) {
        assertThat(Secrets.display(url)).isEqualTo(shown);
    }

    @Test
    void scrub_encodedSecretOfTheUrl_isFoundInBothForms() {
        Secrets secrets = Secrets.of("jdbc:postgresql://db/x?password=a%26bcd", new Properties());
        assertThat(secrets.scrub("a%26bcd and a&bcd")).isEqualTo("*** and ***");
    }

    @Test
    void scrub_secretWithDelimiters_isFoundWhole() {
        Secrets secrets = Secrets.of("jdbc:h2:mem:x;PASSWORD=a&bcdef;MODE=MySQL", new Properties());
        assertThat(secrets.scrub("[a&bcdef]")).isEqualTo("[***]");
    }

    @Test
    void scrub_propertiesWithSecrets_areHiddenAndOthersAreNot() {
        Secrets secrets =
                Secrets.of(
                        null,
                        properties(
                                "password", SECRET,
                                "trustStorePassword", "another-one",
                                "applicationName", "orders"));
        assertThat(secrets.scrub(SECRET + " another-one orders")).isEqualTo("*** *** orders");
    }

    @Test
    void scrub_shortSecret_isReplacedAsAWordOnly() {
        Secrets secrets = Secrets.of(null, properties("password", "a$"));
        assertThat(secrets.scrub("banana a$ 'a$'")).isEqualTo("banana *** '***'");
    }

    @Test
    void scrub_secretThatIsTheUser_leavesTheUser() {
        Secrets secrets = Secrets.of(null, properties("user", "postgres", "password", "postgres"));
        assertThat(secrets.scrub("no user postgres; password=postgres"))
                .isEqualTo("no user postgres; password=***");
    }

    @Test
    void scrub_secretWithinALongerOne_leavesNoRest() {
        Secrets secrets =
                Secrets.of(null, properties("password", "abcdef", "sslpassword", "abcdefgh"));
        assertThat(secrets.scrub("abcdefgh")).isEqualTo("***");
    }

    @Test
    void scrub_cleanFailure_isTheSame() {
        Exception failure = new SQLException("nothing to hide", "08001", new IOException("io"));
        assertThat(Secrets.of(null, properties("password", SECRET)).scrub(failure))
                .isSameAs(failure);
    }

    @Test
    void scrub_failureWithASecretAnywhere_isCopiedWithoutIt() {
        SQLException next = new SQLException("next " + SECRET);
        SQLException failure = new SQLException("top " + SECRET, "28P01", 17);
        failure.initCause(new IOException("cause " + SECRET, new IllegalStateException("deep")));
        failure.addSuppressed(new RuntimeException("suppressed " + SECRET));
        failure.setNextException(next);

        Throwable clean = Secrets.of(null, properties("password", SECRET)).scrub(failure);

        List<Throwable> all = new ArrayList<>();
        collect(clean, all);
        assertThat(all).hasSize(5).allSatisfy(t -> assertThat(t.toString()).doesNotContain(SECRET));
        assertThat(clean)
                .isInstanceOf(SQLException.class)
                .hasMessage("java.sql.SQLException: top ***")
                .hasFieldOrPropertyWithValue("SQLState", "28P01")
                .hasFieldOrPropertyWithValue("errorCode", 17);
        assertThat(clean.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(clean.getCause()).hasMessage("java.io.IOException: cause ***");
        assertThat(clean.getCause().getCause()).hasMessage("java.lang.IllegalStateException: deep");
        assertThat(clean.getSuppressed()[0])
                .hasMessage("java.lang.RuntimeException: suppressed ***");
        assertThat((Throwable) ((SQLException) clean).getNextException())
                .hasMessageEndingWith("next ***");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void scrub_secretInOnePlaceOnly_isFoundThere(int place) {
        SQLException failure = new SQLException(place == 0 ? SECRET : "top");
        failure.initCause(new IOException(place == 1 ? SECRET : "cause"));
        failure.addSuppressed(new IOException(place == 2 ? SECRET : "suppressed"));
        failure.setNextException(new SQLException(place == 3 ? SECRET : "next"));

        List<Throwable> all = new ArrayList<>();
        collect(Secrets.of(null, properties("password", SECRET)).scrub(failure), all);

        assertThat(all).hasSize(4).allSatisfy(t -> assertThat(t.toString()).doesNotContain(SECRET));
    }

    @Test
    void scrub_chainThatLeadsBackIntoItself_isCut() {
        SQLException first = new SQLException("first " + SECRET);
        SQLException second = new SQLException("second", first);
        first.initCause(second);
        first.setNextException(second);
        second.addSuppressed(first);

        Throwable clean = Secrets.of(null, properties("password", SECRET)).scrub(first);

        assertThat(clean).hasMessageEndingWith("first ***");
        assertThat(clean.getCause()).hasMessageEndingWith("second");
        assertThat(clean.getCause().getCause()).isNull();
    }

    private static void collect(Throwable failure, List<Throwable> all) {
        if (failure == null || all.contains(failure)) {
            return;
        }
        all.add(failure);
        collect(failure.getCause(), all);
        for (Throwable suppressed : failure.getSuppressed()) {
            collect(suppressed, all);
        }
        if (failure instanceof SQLException e) {
            collect(e.getNextException(), all);
        }
    }
}
