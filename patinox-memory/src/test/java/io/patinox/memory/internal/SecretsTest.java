package io.patinox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PASSWORD",
                "trustStorePassword",
                "db.passwd",
                "pwd",
                "keyPassphrase",
                "clientSecret",
                "auth-token",
                "credentials",
                "apiKey",
                "api-key",
                "private_key",
                "AccessKey",
                "Authorization"
            })
    void isSecret_nameOfASecret_yes(String name) {
        assertThat(Secrets.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "maxSize", "jdbcUrl", "key", "name"})
    void isSecret_otherName_no(String name) {
        assertThat(Secrets.isSecret(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:x://h/db?user=a&password=hunter2&ssl=on|jdbc:x://h/db?user=a&password=***&ssl=on",
                "jdbc:h2:mem:x;USER=a;PASSWORD=hunter2|jdbc:h2:mem:x;USER=a;PASSWORD=***",
                "jdbc:x://h/db?sslPassword=hunter2|jdbc:x://h/db?sslPassword=***",
                "{user=a, password=hunter2}|{user=a, password=***",
                "x://joe:hunter2@host:5432/db|x://joe:***@host:5432/db",
                "x://joe:hun@ter2@host/db|x://joe:***@host/db",
                "x://host:5432/db|x://host:5432/db",
                "10 of 20|10 of 20",
            })
    void masked_text_showsNoPassword(String text, String shown) {
        assertThat(Secrets.masked(text)).isEqualTo(shown);
    }

    @Test
    void masked_severalSecrets_masksAll() {
        assertThat(Secrets.masked("token=a&secret=b")).isEqualTo("token=***&secret=***");
    }

    /// Regression: each place in a long word was taken for the beginning of a key, so that a text
    /// of a megabyte took hours.
    @Test
    void masked_longWord_isGoneThroughOnce() {
        String word = "x".repeat(1_000_000);

        assertThat(Secrets.masked(word + "-password=abc")).isEqualTo(word + "-password=***");
    }
}
