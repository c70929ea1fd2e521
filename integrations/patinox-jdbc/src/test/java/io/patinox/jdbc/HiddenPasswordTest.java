package io.patinox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patinox.jdbc.internal.Database;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Passwords with the characters that separate the parts of URLs appear in no message and no event.
final class HiddenPasswordTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final List<String> PASSWORDS =
            List.of("uno,Dos3", "uno;Dos3", "uno/Dos3", "u,n;o/Dos3", "uno:Dos3", "uno@Dos3");

    // URL, and which passwords can stand there
    private static final List<String> URLS =
            List.of(
                    "jdbc:mysql://app:%s@db:3306/orders",
                    "jdbc:mysql://one:1,app:%s@db:3306/orders",
                    "jdbc:oracle:thin:app/%s@//db:1521/orders",
                    "jdbc:postgresql://db/orders?user=app&password=%s&ssl=true",
                    "jdbc:sqlserver://db;user=app;password={%s};encrypt=true",
                    "jdbc:mysql://(host=db,password=%s)/orders");

    static Stream<Arguments> urls() {
        return URLS.stream()
                .flatMap(url -> PASSWORDS.stream().map(p -> Arguments.of(url.formatted(p), p)))
                // a comma ends a value between parentheses
                .filter(a -> !a.get()[0].toString().contains("(") || !has(a, ","));
    }

    private static boolean has(Arguments arguments, String text) {
        return arguments.get()[1].toString().contains(text);
    }

    @ParameterizedTest
    @MethodSource("urls")
    void url_withSuchAPassword_isNeverShown(String url, String password) {
        String shown = Secrets.display(url);
        Secrets secrets = Secrets.of(url, new Properties());
        String quoted = secrets.scrub("refused: '" + url + "'");
        String alone = secrets.scrub("the password " + password + " is wrong");

        assertThat(alone).isEqualTo("the password *** is wrong");
        assertThat(shown + quoted).doesNotContain("uno").doesNotContain("Dos3");
    }

    @ParameterizedTest
    @MethodSource("urls")
    void build_noDriver_showsNoPassword(String url, String password) {
        String other = "jdbc:none" + url.substring("jdbc:".length());
        PatinoxDataSourceBuilder builder = PatinoxDataSource.builder(other).checkAtBuild(false);

        String message = everything(catchThrowable(builder::build));

        assertThat(message).contains("JDBC-URL").doesNotContain("Dos3");
    }

    @ParameterizedTest
    @MethodSource("urls")
    void name_refusedAndHoldsThePassword_isToldWithoutIt(String url, String password) {
        PatinoxDataSourceBuilder builder =
                PatinoxDataSource.builder(Database.H2.url()).password(password).name(url);

        String message = everything(catchThrowable(builder::build));

        assertThat(message).contains("OPTION-INVALID", "'name'").doesNotContain("Dos3");
    }

    @Test
    void name_refused_isToldAsItIs() {
        PatinoxDataSourceBuilder builder =
                PatinoxDataSource.builder(Database.H2.url()).password("uno,Dos3").name("a b");

        assertThat(catchThrowable(builder::build)).hasMessageContaining("a b");
    }

    /// What a driver does in the hands of the pool, and what it throws then.
    static Stream<Arguments> faults() {
        List<Function<String, Throwable>> kinds =
                List.of(SQLException::new, IllegalStateException::new, LinkageError::new);
        return Stream.of("open", "isValid", "rollback", "close", "abort")
                .flatMap(call -> kinds.stream().map(kind -> Arguments.of(call, kind)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void driver_quotesThePassword_noEventAndNoFailureDoes(
            String call, Function<String, Throwable> kind) {
        String password = "u,n;o/Dos3";
        Queue<MonitorEvent> events = new ConcurrentLinkedQueue<>();
        List<Throwable> thrown = new ArrayList<>();
        Throwable fault = kind.apply("app with '" + password + "' at fault");
        boolean givesNothing = call.equals("open") || call.equals("isValid");
        // abort() is called only after a close() that failed
        Throwable closing = call.equals("abort") ? new SQLException("closing") : fault;
        RecordingDataSource delegate =
                new RecordingDataSource(() -> {
                    if (call.equals("open")) {
                        throw HiddenPasswordTest.<SQLException>sneaky(fault);
                    }
                    return faulty(Database.H2.open(), call, fault, closing);
                });
        PatinoxDataSource source =
                PatinoxDataSource.builder(delegate)
                        .user("app")
                        .password(password)
                        .checkAtBuild(false)
                        .acquireTimeout(givesNothing ? SHORT : LONG)
                        .validationBypass(Duration.ZERO)
                        .monitor(recording(events))
                        .build();
        use(source, thrown);
        use(source, thrown);
        thrown.add(catchThrowable(source::close));
        // an Error goes to whoever was there instead, the end of a background thread included
        await().dontCatchUncaughtExceptions()
                .until(() ->
                        !events.isEmpty() || thrown.stream().anyMatch(Error.class::isInstance));

        assertThat(events).allSatisfy(e -> assertThat(everything(e)).doesNotContain(password));
        assertThat(thrown).allSatisfy(t -> assertThat(everything(t)).doesNotContain(password));
        assertThat(source.health().toString()).doesNotContain(password);
    }

    private static void use(PatinoxDataSource source, List<Throwable> thrown) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
        } catch (SQLException | RuntimeException | Error e) {
            thrown.add(e);
        }
    }

    private static Connection faulty(
            Connection real, String call, Throwable fault, Throwable closing) {
        return (Connection)
                Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, args) -> {
                            if (method.getName().equals("close") && call.equals("abort")) {
                                throw closing;
                            }
                            if (method.getName().equals(call)) {
                                throw fault;
                            }
                            return invoke(real, method, args);
                        });
    }

    private static @Nullable Object invoke(Object real, Method method, @Nullable Object[] args)
            throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable t) throws X {
        throw (X) t;
    }

    private static Monitor recording(Queue<MonitorEvent> events) {
        return new Monitor() {
            @Override
            public void publish(MonitorEvent event) {
                events.add(event);
            }
        };
    }

    private static String everything(MonitorEvent event) {
        StringBuilder text = new StringBuilder(event + event.message());
        try {
            for (RecordComponent component : event.getClass().getRecordComponents()) {
                if (component.getAccessor().invoke(event) instanceof Throwable failure) {
                    text.append(everything(failure));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    private static String everything(@Nullable Throwable failure) {
        StringWriter text = new StringWriter();
        if (failure != null) {
            failure.printStackTrace(new PrintWriter(text)); // causes and suppressed ones too
        }
        return text.toString();
    }
}
