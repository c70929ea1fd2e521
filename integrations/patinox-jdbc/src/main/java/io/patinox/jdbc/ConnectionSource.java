package io.patinox.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Where physical connections come from.
interface ConnectionSource {

    /// How many drivers that can't be loaded are passed over.
    int MOST_BROKEN = 100;

    /// Says the password.
    ///
    /// @param fixed the one that was given, if any
    /// @param supplier says the one of the moment, if there is such
    /// @param secrets is told each, before any driver is
    record Passwords(@Nullable String fixed, @Nullable Supplier<String> supplier, Secrets secrets) {

        @Nullable String now() {
            if (supplier == null) {
                return fixed;
            }
            String password = supplier.get();
            if (password == null) {
                throw new JdbcException(
                        JdbcErrorCode.CONNECT_FAILED, "the passwordSupplier returned null", null);
            }
            secrets.remember(password);
            return password;
        }
    }

    /// Opens a connection.
    @Nullable Connection open() throws SQLException;

    /// Names the source in messages, without a secret.
    String display();

    /// A source over the driver that takes the URL.
    static ConnectionSource of(
            String url, Properties properties, Duration connectTimeout, Passwords passwords) {
        Driver driver = driver(url);
        Properties all = withTimeout(url, properties, connectTimeout);
        String display = passwords.secrets().scrub(Secrets.display(url));
        return new ConnectionSource() {
            @Override
            public @Nullable Connection open() throws SQLException {
                Properties copy = new Properties(); // the driver may change what it gets
                copy.putAll(all);
                String password = passwords.now();
                if (password != null) {
                    copy.setProperty("password", password);
                }
                return driver.connect(url, copy);
            }

            @Override
            public String display() {
                return display;
            }
        };
    }

    /// A source over another data source, which is asked for a user only if one is given.
    static ConnectionSource of(DataSource delegate, @Nullable String user, Passwords passwords) {
        String display = delegate.getClass().getName();
        return new ConnectionSource() {
            @Override
            public @Nullable Connection open() throws SQLException {
                return user == null
                        ? delegate.getConnection()
                        : delegate.getConnection(user, passwords.now());
            }

            @Override
            public String display() {
                return display;
            }
        };
    }

    // not DriverManager.getDriver(url): it writes the whole URL to its log
    private static Driver driver(String url) {
        List<Driver> drivers =
                Stream.concat(DriverManager.drivers(), driversOfThread()).distinct().toList();
        Optional<Driver> taker = drivers.stream().filter(d -> accepts(d, url)).findFirst();
        return taker.orElseThrow(() -> noDriver(url, drivers));
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException | RuntimeException e) {
            return false; // a broken driver is no reason to refuse the others
        }
    }

    private static Stream<Driver> driversOfThread() {
        List<Driver> drivers = new ArrayList<>();
        Iterator<Driver> present = ServiceLoader.load(Driver.class).iterator();
        int broken = 0;
        boolean more = true;
        // each provider on its own; the count, as nobody promises that a failure is not repeated
        while (more && broken < MOST_BROKEN) {
            try {
                more = present.hasNext();
                if (more) {
                    drivers.add(present.next());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                broken++;
            }
        }
        return drivers.stream();
    }

    private static JdbcException noDriver(String url, List<Driver> drivers) {
        List<String> names = drivers.stream().map(d -> d.getClass().getName()).distinct().toList();
        String what =
                "no driver takes "
                        + Secrets.display(url)
                        + (names.isEmpty() ? "; no driver is present" : "; present: " + names);
        return new JdbcException(JdbcErrorCode.URL, what, null);
    }

    /// Adds the properties by which well-known drivers bound the opening of a connection, unless
    /// the user has set them. With other drivers the pool's `createTimeout` is the bound. They
    /// count milliseconds in an int, PostgreSQL's too, although it is told seconds.
    private static Properties withTimeout(String url, Properties properties, Duration timeout) {
        Properties all = new Properties();
        all.putAll(properties);
        long millis = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
        long seconds = Math.min((millis + 999) / 1_000, Integer.MAX_VALUE / 1_000);
        if (url.startsWith("jdbc:postgresql:")) {
            putIfUnset(all, url, "connectTimeout", seconds);
            putIfUnset(all, url, "loginTimeout", seconds);
        } else if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            putIfUnset(all, url, "connectTimeout", millis);
        }
        return all;
    }

    private static void putIfUnset(Properties all, String url, String key, long value) {
        String inUrl = key.toLowerCase(Locale.ROOT) + "=";
        if (!all.containsKey(key) && !url.toLowerCase(Locale.ROOT).contains(inUrl)) {
            all.setProperty(key, Long.toString(value));
        }
    }
}
