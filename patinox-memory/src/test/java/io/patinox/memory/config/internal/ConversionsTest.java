package io.patinox.memory.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patinox.memory.config.ByteSize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConversionsTest {

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of(String.class, " x ", " x "),
                Arguments.of(boolean.class, true, true),
                Arguments.of(Boolean.class, " FALSE", false),
                Arguments.of(boolean.class, "true", true),
                Arguments.of(char.class, "x", 'x'),
                Arguments.of(Character.class, " ", ' '),
                Arguments.of(byte.class, -128L, (byte) -128),
                Arguments.of(Byte.class, "127", (byte) 127),
                Arguments.of(short.class, 32767L, (short) 32767),
                Arguments.of(Short.class, "1", (short) 1),
                Arguments.of(int.class, new BigDecimal("1E+3"), 1000),
                Arguments.of(Integer.class, "+7", 7),
                Arguments.of(long.class, "9223372036854775807", Long.MAX_VALUE),
                Arguments.of(Long.class, 3.0, 3L),
                Arguments.of(long.class, BigInteger.TWO, 2L),
                Arguments.of(double.class, "2.5", 2.5),
                Arguments.of(Double.class, 2L, 2.0),
                Arguments.of(double.class, Double.NaN, Double.NaN),
                Arguments.of(double.class, "-.inf", Double.NEGATIVE_INFINITY),
                Arguments.of(double.class, "Infinity", Double.POSITIVE_INFINITY),
                Arguments.of(double.class, "NaN", Double.NaN),
                Arguments.of(float.class, "0.5", 0.5f),
                Arguments.of(Float.class, 1L, 1f),
                Arguments.of(
                        BigInteger.class, "123456789012345678901", big("123456789012345678901")),
                Arguments.of(BigDecimal.class, new BigDecimal("1.10"), new BigDecimal("1.10")),
                Arguments.of(DayOfWeek.class, "mon-day", DayOfWeek.MONDAY),
                Arguments.of(ByteSize.class, "64 MiB", new ByteSize(64 << 20)),
                Arguments.of(ByteSize.class, 512L, new ByteSize(512)),
                Arguments.of(Duration.class, "PT1M", Duration.ofMinutes(1)),
                Arguments.of(Duration.class, 0L, Duration.ZERO),
                Arguments.of(Period.class, "P1D", Period.ofDays(1)),
                Arguments.of(Path.class, "/a/b", Path.of("/a/b")),
                Arguments.of(URI.class, " http://a/b ", URI.create("http://a/b")),
                Arguments.of(
                        Instant.class,
                        "2030-01-31T08:00:00Z",
                        Instant.parse("2030-01-31T08:00:00Z")),
                Arguments.of(LocalDate.class, "2030-01-31", LocalDate.of(2030, 1, 31)),
                Arguments.of(LocalTime.class, "08:30", LocalTime.of(8, 30)),
                Arguments.of(
                        LocalDateTime.class,
                        "2030-01-31T08:30",
                        LocalDateTime.of(2030, 1, 31, 8, 30)),
                Arguments.of(
                        OffsetDateTime.class,
                        "2030-01-31T08:30Z",
                        OffsetDateTime.parse("2030-01-31T08:30Z")),
                Arguments.of(
                        ZonedDateTime.class,
                        "2030-01-31T08:30Z",
                        ZonedDateTime.parse("2030-01-31T08:30Z")),
                Arguments.of(ZoneId.class, "Europe/Berlin", ZoneId.of("Europe/Berlin")),
                Arguments.of(UUID.class, new UUID(1, 2).toString(), new UUID(1, 2)),
                Arguments.of(Charset.class, "utf-8", StandardCharsets.UTF_8),
                Arguments.of(Locale.class, "de-CH", Locale.of("de", "CH")),
                Arguments.of(char[].class, " k", new char[] {' ', 'k'}),
                Arguments.of(byte[].class, "k", new byte[] {'k'}));
    }

    private static BigInteger big(String digits) {
        return new BigInteger(digits);
    }

    @ParameterizedTest
    @MethodSource("good")
    void value_thatFits_isConverted(Class<?> type, Object value, Object expected) {
        assertThat(Conversions.knows(type)).isTrue();
        assertThat(Conversions.convert(type, value)).isEqualTo(expected);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(String.class, 10L, "must be text, in quotes"),
                Arguments.of(String.class, true, "must be text, in quotes"),
                Arguments.of(boolean.class, "yes", "must be true or false"),
                Arguments.of(boolean.class, 1L, "must be true or false"),
                Arguments.of(char.class, "xy", "must be one character"),
                Arguments.of(char.class, 1L, "must be one character"),
                Arguments.of(byte.class, 128L, "must be a whole number from -128 to 127"),
                Arguments.of(byte.class, -129L, "must be a whole number from -128 to 127"),
                Arguments.of(int.class, "1e999999999", "must be a whole number from"),
                Arguments.of(int.class, "1e5000", "must be a whole number from"),
                Arguments.of(int.class, Double.NaN, "must be a whole number from"),
                Arguments.of(int.class, true, "must be a whole number from"),
                Arguments.of(int.class, "0x10", "must be a whole number from"),
                Arguments.of(long.class, new BigDecimal("0.5"), "must be a whole number from"),
                Arguments.of(double.class, "1e400", "must be a number of at most"),
                Arguments.of(double.class, "x", "must be a number"),
                Arguments.of(double.class, "1".repeat(2000), "must be a number"),
                Arguments.of(float.class, "1e300", "must be a number of at most"),
                Arguments.of(BigInteger.class, "1e-99999999", "must be a whole number"),
                Arguments.of(BigDecimal.class, new BigDecimal("1e99999999"), "must be a number"),
                Arguments.of(DayOfWeek.class, "day", "must be one of MONDAY"),
                Arguments.of(DayOfWeek.class, 1L, "must be one of MONDAY"),
                Arguments.of(ByteSize.class, "64M", "must be a size such as 64MiB"),
                Arguments.of(ByteSize.class, -1L, "must be a size such as 64MiB, in quotes"),
                Arguments.of(Duration.class, "30", "must be a duration with a unit"),
                Arguments.of(Duration.class, 30L, "must be a duration with a unit"),
                Arguments.of(Path.class, "a\0b", "must be a path"),
                Arguments.of(URI.class, "http://[", "must be a URI"),
                Arguments.of(Instant.class, "now", "must be a moment"),
                Arguments.of(UUID.class, "x", "must be a UUID"),
                Arguments.of(Charset.class, "utf-99", "must be a charset"),
                Arguments.of(Pattern.class, "(", "must be a regular expression"),
                Arguments.of(Locale.class, "?", "must be a language tag"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void value_thatDoesNotFit_isRefusedWithTheDemand(Class<?> type, Object value, String demand) {
        assertThatExceptionOfType(Unfit.class)
                .isThrownBy(() -> Conversions.convert(type, value))
                .withMessageStartingWith(demand);
    }

    @Test
    void pattern_inAText_isCompiled() {
        assertThat(Conversions.convert(Pattern.class, "a+ ")).hasToString("a+ ");
    }

    @ParameterizedTest
    @CsvSource({
        "5ns, PT0.000000005S",
        "5 us, PT0.000005S",
        "5millis, PT0.005S",
        "1.5s, PT1.5S",
        "5 min, PT5M",
        "5m, PT5M",
        "1h 30min, PT1H30M",
        "2 days, PT48H",
        "-3s, PT-3S",
        "0, PT0S",
        "PT0.1S, PT0.1S",
        "-PT1S, PT-1S",
    })
    void duration_inEveryUnit_isRead(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "s",
        "5",
        "5 parsecs",
        "5s x",
        "-",
        "P",
        "9999999999999999 days",
        "5s/6s",
        "1..5s"
    })
    void duration_otherTexts_areRefused(String text) {
        assertThatExceptionOfType(Unfit.class).isThrownBy(() -> Durations.parse(text));
    }
}
