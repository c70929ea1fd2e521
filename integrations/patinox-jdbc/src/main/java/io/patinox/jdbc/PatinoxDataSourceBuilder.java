package io.patinox.jdbc;

import io.patinox.jdbc.internal.Session;
import io.patinox.jdbc.internal.SessionSettings;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.Options;
import io.patinox.memory.error.PatinoxException;
import io.patinox.memory.error.PoolInterruptedException;
import io.patinox.memory.error.ResourceInterruptedException;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolBuilder;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.resource.ResourceRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Builds a [PatinoxDataSource]. Every option has a default; [#build()] checks them all.
///
/// {@snippet file="io/patinox/jdbc/examples/DataSourceExamples.java" region="build"}
///
/// Not thread-safe. A builder may be used again for another data source.
public final class PatinoxDataSourceBuilder {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    /// For what a build that fails has opened. A pool closed with less gives up on closing it.
    private static final Duration TIME_TO_CLEAN_UP = Duration.ofSeconds(5);

    private static final Duration LONGEST_NETWORK = Duration.ofMillis(Integer.MAX_VALUE);
    private static final Set<Integer> LEVELS =
            Set.of(
                    Connection.TRANSACTION_READ_UNCOMMITTED,
                    Connection.TRANSACTION_READ_COMMITTED,
                    Connection.TRANSACTION_REPEATABLE_READ,
                    Connection.TRANSACTION_SERIALIZABLE);

    private final @Nullable String url;
    private final @Nullable DataSource delegate;
    private final Properties properties = new Properties();
    private final List<Consumer<PoolBuilder<Session>>> pool = new ArrayList<>();

    private boolean autoCommit = true;
    private boolean readOnly;
    private boolean checkAtBuild = true;
    private @Nullable Integer isolation;
    private @Nullable Supplier<String> passwordSupplier;
    private @Nullable String catalog;
    private @Nullable String schema;
    private @Nullable String validationQuery;
    private @Nullable Duration networkTimeout;
    private @Nullable Duration connectTimeout;
    private Duration validationTimeout = Duration.ofSeconds(5);
    private Duration acquireTimeout = Duration.ofSeconds(30);
    private Duration createTimeout = Duration.ofSeconds(10);

    PatinoxDataSourceBuilder(@Nullable String url, @Nullable DataSource delegate) {
        this.url = url;
        this.delegate = delegate;
    }

    /// Sets the user. Default: what the URL, the driver or the delegate says.
    ///
    /// @param user the name
    /// @return this builder
    public PatinoxDataSourceBuilder user(String user) {
        properties.setProperty("user", Options.text("user", user));
        return this;
    }

    /// Sets the password. It appears in no message, event or metric. Default: none.
    ///
    /// @param password the password, possibly empty
    /// @return this builder
    public PatinoxDataSourceBuilder password(String password) {
        properties.setProperty("password", Options.required("password", password));
        return this;
    }

    /// Sets who says the password, for passwords that change while the process runs. Asked each
    /// time a connection is opened, by the thread that opens it, within `createTimeout`; what it
    /// throws is a failure to connect. What it returns appears in no message, event or metric.
    /// After a change, `softEvictAll()` of [PatinoxDataSource#pool()] has all connections replaced.
    /// Default: none; the password is fixed.
    ///
    /// @param passwordSupplier returns the password of the moment, never null
    /// @return this builder
    public PatinoxDataSourceBuilder passwordSupplier(Supplier<String> passwordSupplier) {
        this.passwordSupplier = Options.required("passwordSupplier", passwordSupplier);
        return this;
    }

    /// Sets a property of the driver. Only with a URL.
    ///
    /// @param key its name, as the driver's manual has it
    /// @param value its value
    /// @return this builder
    public PatinoxDataSourceBuilder property(String key, String value) {
        Options.text("property", key);
        if (value == null) {
            throw new InvalidOptionException(
                    "property " + key, null, "given", "leave the property out, or give it a value");
        }
        properties.setProperty(key, value);
        return this;
    }

    /// Sets whether each statement is a transaction of its own. Default: true.
    ///
    /// @param autoCommit what each borrower finds
    /// @return this builder
    public PatinoxDataSourceBuilder autoCommit(boolean autoCommit) {
        this.autoCommit = autoCommit;
        return this;
    }

    /// Sets whether connections are read-only. Default: false.
    ///
    /// @param readOnly what each borrower finds
    /// @return this builder
    public PatinoxDataSourceBuilder readOnly(boolean readOnly) {
        this.readOnly = readOnly;
        return this;
    }

    /// Sets the transaction isolation. Default: the database's.
    ///
    /// @param level one of the `TRANSACTION_` levels of [Connection], but not `TRANSACTION_NONE`
    /// @return this builder
    public PatinoxDataSourceBuilder transactionIsolation(int level) {
        this.isolation = level;
        return this;
    }

    /// Sets the catalog. Default: what the URL says.
    ///
    /// @param catalog its name
    /// @return this builder
    public PatinoxDataSourceBuilder catalog(String catalog) {
        this.catalog = Options.text("catalog", catalog);
        return this;
    }

    /// Sets the schema. Default: the database's.
    ///
    /// @param schema its name
    /// @return this builder
    public PatinoxDataSourceBuilder schema(String schema) {
        this.schema = Options.text("schema", schema);
        return this;
    }

    /// Sets how long the driver waits for an answer of the database, to any statement; when it is
    /// over, the connection is lost. Default: the driver's, most often for ever.
    ///
    /// @param networkTimeout from 1 millisecond to 2,147,483,647 milliseconds, or zero for ever
    /// @return this builder
    public PatinoxDataSourceBuilder networkTimeout(Duration networkTimeout) {
        this.networkTimeout = Options.required("networkTimeout", networkTimeout);
        return this;
    }

    /// Sets how long the driver may take to connect, where the driver can be told: PostgreSQL
    /// (rounded up to seconds), MariaDB and MySQL. Others are bounded by
    /// [createTimeout][#createTimeout(Duration)] alone. Only with a URL. Default: `createTimeout`.
    ///
    /// @param connectTimeout from 1 millisecond to `createTimeout`
    /// @return this builder
    public PatinoxDataSourceBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = Options.required("connectTimeout", connectTimeout);
        return this;
    }

    /// Sets how long the database may take to answer questions of the pool's own: whether a
    /// connection is valid, and what is put back or closed at its return. Drivers count whole
    /// seconds, so there it is rounded up. Default: 5 seconds.
    ///
    /// @param validationTimeout from 1 millisecond to 365 days
    /// @return this builder
    public PatinoxDataSourceBuilder validationTimeout(Duration validationTimeout) {
        this.validationTimeout = validationTimeout;
        pool.add(builder -> builder.validationTimeout(validationTimeout));
        return this;
    }

    /// Sets a statement that tells whether a connection is valid: it is if the statement does not
    /// fail. It is tried on each new connection too. Default: none, the driver's `isValid` is
    /// asked, which is faster.
    ///
    /// @param validationQuery a statement without effects, such as `SELECT 1`
    /// @return this builder
    public PatinoxDataSourceBuilder validationQuery(String validationQuery) {
        this.validationQuery = Options.text("validationQuery", validationQuery);
        return this;
    }

    /// Sets whether [#build()] opens a connection, so that a wrong URL, user or password is an
    /// error there and at once, rather than at the first `getConnection()` and after
    /// `acquireTimeout`, during which a pool has to hope that the database comes back. The
    /// connection is kept for the first borrower. Default: true.
    ///
    /// @param checkAtBuild false to start although the database may be down
    /// @return this builder
    public PatinoxDataSourceBuilder checkAtBuild(boolean checkAtBuild) {
        this.checkAtBuild = checkAtBuild;
        return this;
    }

    /// Sets the name, as it stands in metrics, events, errors and thread names. Default: `pool-N`.
    ///
    /// @param name 1 to 100 letters, digits and `. _ - :`
    /// @return this builder
    public PatinoxDataSourceBuilder name(String name) {
        pool.add(builder -> builder.name(checked(name)));
        return this;
    }

    /// Sets how many connections there may be, idle and lent. Default: 10.
    ///
    /// @param maxSize from 1 to 100,000
    /// @return this builder
    public PatinoxDataSourceBuilder maxSize(int maxSize) {
        pool.add(builder -> builder.maxSize(maxSize));
        return this;
    }

    /// Sets how many connections are opened without being asked for, and kept although they are
    /// idle. Default: 0.
    ///
    /// @param minSize from 0 to `maxSize`
    /// @return this builder
    public PatinoxDataSourceBuilder minSize(int minSize) {
        pool.add(builder -> builder.minSize(minSize));
        return this;
    }

    /// Sets how long `getConnection()` waits. Default: 30 seconds.
    ///
    /// @param acquireTimeout from zero (fail at once unless a connection is idle) to 365 days
    /// @return this builder
    public PatinoxDataSourceBuilder acquireTimeout(Duration acquireTimeout) {
        this.acquireTimeout = acquireTimeout;
        pool.add(builder -> builder.acquireTimeout(acquireTimeout));
        return this;
    }

    /// Sets how long opening one connection may take before the attempt is given up, whatever the
    /// driver does. Default: 10 seconds.
    ///
    /// @param createTimeout from 1 millisecond to 365 days
    /// @return this builder
    public PatinoxDataSourceBuilder createTimeout(Duration createTimeout) {
        this.createTimeout = createTimeout;
        pool.add(builder -> builder.createTimeout(createTimeout));
        return this;
    }

    /// Sets how many connections may be opened at the same time. Default: 2.
    ///
    /// @param createConcurrency from 1 to 1,000
    /// @return this builder
    public PatinoxDataSourceBuilder createConcurrency(int createConcurrency) {
        pool.add(builder -> builder.createConcurrency(createConcurrency));
        return this;
    }

    /// Sets for how long after its last use a connection is lent without being validated. Default:
    /// 500 milliseconds.
    ///
    /// @param validationBypass from zero (validate each time) to 365 days
    /// @return this builder
    public PatinoxDataSourceBuilder validationBypass(Duration validationBypass) {
        pool.add(builder -> builder.validationBypass(validationBypass));
        return this;
    }

    /// Sets how long a connection may be idle before it is closed, if there are more than
    /// `minSize`. Default: 10 minutes.
    ///
    /// @param idleTimeout from 1 millisecond to 365 days, or zero for never
    /// @return this builder
    public PatinoxDataSourceBuilder idleTimeout(Duration idleTimeout) {
        pool.add(builder -> builder.idleTimeout(idleTimeout));
        return this;
    }

    /// Sets how long a connection may live; each draws its own limit, up to a tenth shorter. Set it
    /// a little below what the server or a firewall allows. Default: 30 minutes.
    ///
    /// @param maxLifetime from 1 millisecond to 365 days, or zero for ever
    /// @return this builder
    public PatinoxDataSourceBuilder maxLifetime(Duration maxLifetime) {
        pool.add(builder -> builder.maxLifetime(maxLifetime));
        return this;
    }

    /// Sets how long a connection may be held before that is reported, with the present stack of
    /// its holder. Nothing is taken away. Default: zero.
    ///
    /// @param leakThreshold from 1 millisecond to 365 days, or zero for no report
    /// @return this builder
    public PatinoxDataSourceBuilder leakThreshold(Duration leakThreshold) {
        pool.add(builder -> builder.leakThreshold(leakThreshold));
        return this;
    }

    /// Sets for which leases the place of acquisition is remembered, to be shown if they leak: one
    /// in this many for each connection. Default: 128.
    ///
    /// @param siteSampling from 1 (each) to 1,000,000, or 0 for none
    /// @return this builder
    public PatinoxDataSourceBuilder siteSampling(int siteSampling) {
        pool.add(builder -> builder.siteSampling(siteSampling));
        return this;
    }

    /// Sets how long `close()` waits for connections to come back. Default: 30 seconds.
    ///
    /// @param closeTimeout from zero to 365 days
    /// @return this builder
    public PatinoxDataSourceBuilder closeTimeout(Duration closeTimeout) {
        pool.add(builder -> builder.closeTimeout(closeTimeout));
        return this;
    }

    /// Sets who is told of leaks and failures, and who reads the metrics. It can't slow the data
    /// source. Default: nobody.
    ///
    /// @param monitor the monitor
    /// @return this builder
    public PatinoxDataSourceBuilder monitor(Monitor monitor) {
        pool.add(builder -> builder.monitor(monitor));
        return this;
    }

    /// Sets the registry that holds the pool; closing it closes the pool. Default: one of the
    /// pool's own.
    ///
    /// @param registry the registry
    /// @return this builder
    public PatinoxDataSourceBuilder registry(ResourceRegistry registry) {
        pool.add(builder -> builder.registry(registry));
        return this;
    }

    /// Sets the monotonic clock. Default: the system's.
    ///
    /// @param ticker the clock
    /// @return this builder
    public PatinoxDataSourceBuilder ticker(Ticker ticker) {
        pool.add(builder -> builder.ticker(ticker));
        return this;
    }

    /// Sets options of the pool that have no method here, such as its listener or the most uses of
    /// a connection. What is set last holds.
    ///
    /// {@snippet file="io/patinox/jdbc/examples/DataSourceExamples.java" region="pool"}
    ///
    /// @param options is given the builder of the pool when the data source is built
    /// @return this builder
    public PatinoxDataSourceBuilder pool(Consumer<? super PoolBuilder<?>> options) {
        pool.add(Options.required("pool", options)::accept);
        return this;
    }

    /// Builds the data source and, unless told otherwise, opens one connection.
    ///
    /// @return the data source
    /// @throws InvalidOptionException naming the first option that is out of range or contradicts
    ///   another, its value, and the bound
    /// @throws JdbcException if no connection can be opened, or no driver takes the URL
    /// @throws PoolInterruptedException if the calling thread is interrupted meanwhile; the flag
    ///   stays set
    public PatinoxDataSource build() {
        check();
        JdbcConnections connections = connections();
        PoolBuilder<Session> builder = Pool.builder(connections);
        pool.forEach(option -> option.accept(builder));
        Pool<Session> built = builder.build();
        if (checkAtBuild) {
            openFirst(built, connections);
        }
        return new PatinoxDataSource(built, acquireTimeout);
    }

    // an error shows the name: one that is refused, such as a whole URL, may hold the password
    private String checked(String name) {
        try {
            return Options.name("name", name);
        } catch (InvalidOptionException e) {
            if (name == null) {
                throw e;
            }
            return Options.name("name", Secrets.of(url, properties).scrub(name));
        }
    }

    private void check() {
        Options.inRange("createTimeout", createTimeout, LEAST, LONGEST);
        Options.inRange("validationTimeout", validationTimeout, LEAST, LONGEST);
        if (networkTimeout != null && !networkTimeout.isZero()) {
            Options.inRange("networkTimeout", networkTimeout, LEAST, LONGEST_NETWORK);
        }
        if (isolation != null) {
            Options.consistent(
                    LEVELS.contains(isolation),
                    "transactionIsolation",
                    isolation,
                    "one of Connection.TRANSACTION_READ_UNCOMMITTED (1), _READ_COMMITTED (2),"
                            + " _REPEATABLE_READ (4), _SERIALIZABLE (8)",
                    "choose one of them, or leave it out for the database's own");
        }
        if (connectTimeout != null) {
            Options.inRange("connectTimeout", connectTimeout, LEAST, createTimeout);
        }
        Options.consistent(
                passwordSupplier == null || !properties.containsKey("password"),
                "passwordSupplier",
                "(hidden)",
                "without a fixed password",
                "leave one of password and passwordSupplier out");
        if (delegate != null) {
            checkDelegated();
        }
    }

    private void checkDelegated() {
        Options.consistent(
                connectTimeout == null,
                "connectTimeout",
                connectTimeout,
                "only with a JDBC URL",
                "set it on the delegate");
        Properties others = new Properties();
        others.putAll(properties);
        others.remove("user");
        others.remove("password");
        Options.consistent(
                others.isEmpty(),
                "property",
                others.stringPropertyNames(),
                "only with a JDBC URL",
                "set it on the delegate");
        Options.consistent(
                properties.containsKey("user") || !properties.containsKey("password"),
                "password",
                "(hidden)",
                "only together with user",
                "call user(...), or set both on the delegate");
        Options.consistent(
                properties.containsKey("user") || passwordSupplier == null,
                "passwordSupplier",
                "(hidden)",
                "only together with user",
                "call user(...), or set both on the delegate");
    }

    private JdbcConnections connections() {
        Duration connect = connectTimeout == null ? createTimeout : connectTimeout;
        Secrets secrets = Secrets.of(url, properties);
        ConnectionSource.Passwords passwords =
                new ConnectionSource.Passwords(
                        properties.getProperty("password"), passwordSupplier, secrets);
        ConnectionSource source =
                delegate != null
                        ? ConnectionSource.of(delegate, properties.getProperty("user"), passwords)
                        : ConnectionSource.of(
                                Options.text("jdbcUrl", url), properties, connect, passwords);
        SessionSettings settings =
                new SessionSettings(
                        autoCommit, readOnly, isolation, catalog, schema, networkTimeout);
        JdbcConnections.Times times = new JdbcConnections.Times(connect, validationTimeout);
        return new JdbcConnections(source, secrets, settings, times, validationQuery);
    }

    /// Takes one connection and gives it back, so that the pool has it. A failure to open any ends
    /// the wait: the pool itself would go on trying.
    private void openFirst(Pool<Session> built, JdbcConnections connections) {
        boolean open = false;
        CompletableFuture<PooledConnection<Session>> first = built.acquireAsync(createTimeout);
        CompletableFuture<Throwable> failure = connections.noneOpened();
        try {
            CompletableFuture.anyOf(first, failure).get();
            if (!first.isDone()) {
                throw failed(failure.join(), connections);
            }
            first.get().close();
            open = true;
        } catch (ExecutionException e) {
            throw failed(e.getCause(), connections);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PoolInterruptedException(built.name(), e);
        } finally {
            if (!open) {
                giveUp(first);
                cleanUp(built);
            }
        }
    }

    // a lease that arrives at this very moment is released
    private static void giveUp(CompletableFuture<PooledConnection<Session>> first) {
        if (!first.cancel(false)) {
            var _ =
                    first.whenComplete((lease, _) -> {
                        if (lease != null) {
                            lease.close();
                        }
                    });
        }
    }

    // who is interrupted gets his connections closed all the same
    private static void cleanUp(Pool<Session> built) {
        boolean interrupted = Thread.interrupted();
        try {
            built.close(TIME_TO_CLEAN_UP);
        } catch (ResourceInterruptedException e) {
            interrupted = true; // once more: now it ends behind his back
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RuntimeException failed(@Nullable Throwable failure, JdbcConnections connections) {
        return switch (failure) {
            case Error error -> throw error;
            case JdbcException known -> known;
            case PatinoxException e -> connections.tooLate(createTimeout, e);
            case null, default -> new IllegalStateException(failure);
        };
    }
}
