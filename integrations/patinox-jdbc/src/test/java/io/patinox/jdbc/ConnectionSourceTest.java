package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.jdbc.internal.Database;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which driver is asked, and what it is told.
final class ConnectionSourceTest {
    private static final ConnectionSource.Passwords NONE =
            new ConnectionSource.Passwords(null, null, Secrets.of(null, new Properties()));

    @Test
    void createTimeout_theLongest_connectsToPostgres() throws SQLException {
        try (PatinoxDataSource source =
                        PatinoxDataSource.builder(Database.POSTGRES.url())
                                .createTimeout(Duration.ofDays(365))
                                .build();
                Connection connection = source.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://x, PT1.5S, 1500",
        "jdbc:mysql://x, PT600H, 2147483647",
        "jdbc:mariadb://x, PT8760H, 2147483647",
        "jdbc:mariadb://x, PT0.001S, 1"
    })
    void timeout_inMilliseconds_fitsIntoAnInt(String url, Duration timeout, String told)
            throws SQLException {
        AtomicReference<Properties> seen = new AtomicReference<>();
        Driver driver =
                driver((name, args) -> {
                    if (name.equals("connect")) {
                        seen.set((Properties) args[1]);
                    }
                    return name.equals("acceptsURL") ? url.equals(args[0]) : null;
                });
        DriverManager.registerDriver(driver);
        try {
            ConnectionSource.of(url, new Properties(), timeout, NONE).open();
        } finally {
            DriverManager.deregisterDriver(driver);
        }
        assertThat(seen.get()).containsEntry("connectTimeout", told);
    }

    @Test
    void driver_failsWhenAskedForTheUrl_isPassedOver() throws SQLException {
        Driver broken =
                driver((_, _) -> {
                    throw new IllegalStateException("broken");
                });
        List<Driver> others = Collections.list(DriverManager.getDrivers());
        deregister(others);
        DriverManager.registerDriver(broken); // the first to be asked
        register(others);
        try {
            connects();
        } finally {
            DriverManager.deregisterDriver(broken);
        }
    }

    @Test
    void driver_cannotBeLoaded_othersOfTheThreadAreFound(@TempDir Path folder) throws Exception {
        Path services = folder.resolve("java.sql.Driver");
        Files.writeString(services, "no.such.Driver\norg.h2.Driver\nno.such.OtherDriver\n");
        List<Driver> registered = Collections.list(DriverManager.getDrivers());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        deregister(registered);
        thread.setContextClassLoader(only(services.toUri().toURL(), before));
        try {
            connects();
        } finally {
            thread.setContextClassLoader(before);
            register(registered);
        }
    }

    @Test
    void drivers_cannotEvenBeListed_theSearchEnds() throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(
                new ClassLoader(before) {
                    @Override
                    public Enumeration<URL> getResources(String name) throws IOException {
                        throw new IOException("no resources, each time anew");
                    }
                });
        try {
            connects();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void connects() throws SQLException {
        ConnectionSource source =
                ConnectionSource.of(
                        Database.H2.url(), new Properties(), Duration.ofSeconds(5), NONE);
        try (Connection connection = source.open()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    private static ClassLoader only(URL services, ClassLoader parent) {
        return new ClassLoader(parent) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals("META-INF/services/java.sql.Driver")
                        ? Collections.enumeration(List.of(services))
                        : super.getResources(name);
            }
        };
    }

    private static void deregister(List<Driver> drivers) throws SQLException {
        for (Driver driver : drivers) {
            DriverManager.deregisterDriver(driver);
        }
    }

    private static void register(List<Driver> drivers) throws SQLException {
        for (Driver driver : drivers) {
            DriverManager.registerDriver(driver);
        }
    }

    private interface Calls {
        Object call(String method, Object[] args);
    }

    private static Driver driver(Calls calls) {
        return (Driver)
                Proxy.newProxyInstance(
                        Driver.class.getClassLoader(),
                        new Class<?>[] {Driver.class},
                        (proxy, method, args) ->
                                switch (method.getName()) {
                                    case "equals" -> proxy == args[0];
                                    case "hashCode" -> System.identityHashCode(proxy);
                                    case "toString" -> "test driver";
                                    default -> calls.call(method.getName(), args);
                                });
    }
}
