package io.patinox.memory.config;

import io.patinox.memory.config.internal.BindOptions;
import io.patinox.memory.config.internal.FolderWatch;
import io.patinox.memory.config.internal.Formats;
import io.patinox.memory.error.Options;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.Ticker;
import io.patinox.memory.resource.ResourceRegistry;
import java.lang.invoke.MethodHandles.Lookup;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Builds a [LiveConfig]. Every option has a default; [#build()] checks them all.
///
/// {@snippet file="io/patinox/memory/examples/ConfigExamples.java" region="build"}
///
/// **Precedence.** A value of a higher layer wins; among layers of the same rank, the one that was
/// added later.
///
/// | rank | layer |
/// |---|---|
/// | | defaults in the record |
/// | 100 | files |
/// | 200 | the overlays of files, such as `app-prod.yaml`, in the order of the profiles |
/// | 300 | directories of files |
/// | 400 | other sources, unless they are given another rank |
/// | 500 | environment variables |
/// | 600 | system properties |
/// | 700 | the command line |
/// | 800 | what the program overrides |
///
/// Not thread-safe. A builder may be used again for another configuration.
///
/// @param <T> the type of the configuration
public final class LiveConfigBuilder<T extends Record> {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private final Class<T> type;
    private final ConfigLayers layers = new ConfigLayers();
    private @Nullable String name;
    private @Nullable Migrations migrations;
    private UnknownKeys unknownKeys = UnknownKeys.REFUSE;
    private @Nullable Lookup lookup;
    private final Set<String> secretPaths = new LinkedHashSet<>();
    private final List<ConfigValidator> validators = new ArrayList<>();
    private final List<BiConsumer<? super T, ? super ConfigProblems>> validations =
            new ArrayList<>();
    private final List<ConfigSettings.Fixed<T>> fixed = new ArrayList<>();
    private int history = 16;
    private long maxFileBytes = 10L << 20;
    private Duration settle = Duration.ofMillis(350);
    private Duration gone = Duration.ofSeconds(2);
    private Duration maxWait = Duration.ofMillis(250);
    private Duration minInterval = Duration.ofMillis(100);
    private Duration pollInterval = Duration.ofMillis(250);
    private Duration callTimeout = Duration.ofSeconds(10);
    private Duration timeout = Duration.ofSeconds(30);
    private Duration closeTimeout = Duration.ofSeconds(30);
    private Monitor monitor = Monitor.noop();
    private Ticker ticker = Ticker.system();
    private @Nullable ResourceRegistry registry;
    private LongSupplier wallMillis = System::currentTimeMillis;
    private FolderWatch.Opener opener = () -> FileSystems.getDefault().newWatchService();
    private boolean driven;

    LiveConfigBuilder(Class<T> type) {
        this.type = Options.required("type", type);
    }

    /// Sets the name of the configuration, as it stands in metrics, events, errors and thread
    /// names. Default: `config-N`.
    ///
    /// @param name 1 to 100 letters, digits and `. _ - :`
    /// @return this builder
    public LiveConfigBuilder<T> name(String name) {
        this.name = Options.name("name", name);
        return this;
    }

    /// Adds a file that must be there. Its format is found by the end of its name.
    ///
    /// @param file the file; its overlays are beside it
    /// @return this builder
    public LiveConfigBuilder<T> file(Path file) {
        layers.file(file, true);
        return this;
    }

    /// Adds a file that may be missing, come and go.
    ///
    /// @param file the file; its overlays are beside it
    /// @return this builder
    public LiveConfigBuilder<T> optionalFile(Path file) {
        layers.file(file, false);
        return this;
    }

    /// Adds a folder in which each file is a value, as Kubernetes mounts secrets: the name of the
    /// file is the path of the value, such as `db.password`. Names that begin with `..` are left
    /// out, and so are folders within.
    ///
    /// @param directory the folder, which must be there
    /// @return this builder
    public LiveConfigBuilder<T> directory(Path directory) {
        layers.directory(directory);
        return this;
    }

    /// Sets the active profiles: for each file `app.yaml` and profile `prod` the overlay
    /// `app-prod.yaml` is read too if it is there. Default: none.
    ///
    /// @param profiles names of letters, digits and `. _ - :`; a later one wins
    /// @return this builder
    public LiveConfigBuilder<T> profiles(String... profiles) {
        layers.profiles(Arrays.asList(Options.required("profiles", profiles)));
        return this;
    }

    /// Adds environment variables, as [ConfigSource#environment(String)] reads them.
    ///
    /// @param prefix what the names begin with, such as `APP_`
    /// @return this builder
    public LiveConfigBuilder<T> environment(String prefix) {
        return source(ConfigSource.environment(prefix), ConfigLayers.ENVIRONMENT);
    }

    /// Adds system properties, as [ConfigSource#systemProperties(String)] reads them.
    ///
    /// @param prefix what the names begin with, such as `app.`
    /// @return this builder
    public LiveConfigBuilder<T> systemProperties(String prefix) {
        return source(ConfigSource.systemProperties(prefix), ConfigLayers.SYSTEM);
    }

    /// Adds a command line, as [ConfigSource#arguments(String, String...)] reads it.
    ///
    /// @param prefix what an argument begins with, such as `--`
    /// @param arguments the arguments
    /// @return this builder
    public LiveConfigBuilder<T> arguments(String prefix, String... arguments) {
        return source(ConfigSource.arguments(prefix, arguments), ConfigLayers.ARGUMENTS);
    }

    /// Adds another source, with rank 400.
    ///
    /// @param source the source
    /// @return this builder
    public LiveConfigBuilder<T> source(ConfigSource source) {
        return source(source, ConfigLayers.SOURCE);
    }

    /// Adds another source.
    ///
    /// @param source the source
    /// @param rank from 1 to 799, see the table above
    /// @return this builder
    public LiveConfigBuilder<T> source(ConfigSource source, int rank) {
        layers.source(source, rank);
        return this;
    }

    /// Sets the first values of the highest layer, which [LiveConfig#override] replaces. Default:
    /// none.
    ///
    /// @param values the values by dotted path, such as `pool.maxSize`
    /// @return this builder
    public LiveConfigBuilder<T> overrides(Map<String, ?> values) {
        layers.overrides(values);
        return this;
    }

    /// Adds a format. It is preferred to those that are installed.
    ///
    /// @param format the format
    /// @return this builder
    public LiveConfigBuilder<T> format(ConfigFormat format) {
        layers.format(format);
        return this;
    }

    /// Sets how old files are brought to the present schema. Default: what the type declares, see
    /// [Migrations#declaredBy(Class)].
    ///
    /// @param migrations the steps
    /// @return this builder
    public LiveConfigBuilder<T> migrations(Migrations migrations) {
        this.migrations = Options.required("migrations", migrations);
        return this;
    }

    /// Sets what becomes of keys that the type has no place for. Default: they are refused.
    ///
    /// @param unknownKeys what
    /// @return this builder
    public LiveConfigBuilder<T> unknownKeys(UnknownKeys unknownKeys) {
        this.unknownKeys = Options.required("unknownKeys", unknownKeys);
        return this;
    }

    /// Sets the rights with which records are made, for those that aren't accessible to all.
    /// Default: none.
    ///
    /// @param lookup `MethodHandles.lookup()` of a class that may make them
    /// @return this builder
    public LiveConfigBuilder<T> lookup(Lookup lookup) {
        this.lookup = Options.required("lookup", lookup);
        return this;
    }

    /// Adds paths whose values are never shown, besides those of type [Secret]. Default: none.
    ///
    /// @param paths paths such as `db.password`; `*` stands for one name
    /// @return this builder
    public LiveConfigBuilder<T> secretPaths(String... paths) {
        for (String path : Options.required("paths", paths)) {
            secretPaths.add(Options.text("paths", path));
        }
        return this;
    }

    /// Adds a validator, which runs before the validations of the program. Default: none.
    ///
    /// @param validator the validator
    /// @return this builder
    public LiveConfigBuilder<T> validator(ConfigValidator validator) {
        validators.add(Options.required("validator", validator));
        return this;
    }

    /// Adds a validation of the whole. All are run, and all they find is told together. One that
    /// throws, or takes longer than `callTimeout`, rejects the value.
    ///
    /// @param validation puts what it finds into the problems; changes nothing
    /// @return this builder
    public LiveConfigBuilder<T> validate(BiConsumer<? super T, ? super ConfigProblems> validation) {
        validations.add(Options.required("validation", validation));
        return this;
    }

    /// Adds a part that can't change while the program runs, such as the port of a server. A change
    /// of it is not applied, nor is anything that changes together with it;
    /// [ConfigStatus#restartRequired()] tells.
    ///
    /// @param name how the part is called
    /// @param part a function of the value, such as `AppConfig::port`
    /// @return this builder
    public LiveConfigBuilder<T> immutableAcrossReload(
            String name, Function<? super T, ? extends @Nullable Object> part) {
        fixed.add(
                new ConfigSettings.Fixed<>(
                        Options.text("name", name), Options.required("part", part)));
        return this;
    }

    /// Sets how many versions are kept, the current one among them. Default: 16.
    ///
    /// @param history from 1 to 1,000
    /// @return this builder
    public LiveConfigBuilder<T> history(int history) {
        this.history = history;
        return this;
    }

    /// Sets how long a file may be, and the files of a directory together. Longer ones are
    /// rejected. Default: 10 MiB.
    ///
    /// @param maxFileBytes from 1 to 1 GiB
    /// @return this builder
    public LiveConfigBuilder<T> maxFileBytes(long maxFileBytes) {
        this.maxFileBytes = maxFileBytes;
        return this;
    }

    /// Sets how long a file must stay the same before it is believed. A writer that pauses for
    /// longer in the middle of a file is read in the middle. Default: 350 milliseconds.
    ///
    /// @param settle from 1 millisecond to 1 minute
    /// @return this builder
    public LiveConfigBuilder<T> settle(Duration settle) {
        this.settle = settle;
        return this;
    }

    /// Sets how long a file must be empty, missing or unreadable before that is believed. Default:
    /// 2 seconds.
    ///
    /// @param gone from 1 millisecond to 1 hour
    /// @return this builder
    public LiveConfigBuilder<T> gone(Duration gone) {
        this.gone = gone;
        return this;
    }

    /// Sets how long a file that has settled waits for others that have not, to be loaded together
    /// with them. Default: 250 milliseconds.
    ///
    /// @param maxWait from zero to 1 minute
    /// @return this builder
    public LiveConfigBuilder<T> maxWait(Duration maxWait) {
        this.maxWait = maxWait;
        return this;
    }

    /// Sets how much time there is at least between the beginnings of two loads that nobody asked
    /// for. Default: 100 milliseconds.
    ///
    /// @param minInterval from zero to 1 hour
    /// @return this builder
    public LiveConfigBuilder<T> minInterval(Duration minInterval) {
        this.minInterval = minInterval;
        return this;
    }

    /// Sets how often files are looked at, whether or not the operating system tells of changes.
    /// Default: 250 milliseconds.
    ///
    /// @param pollInterval from 1 millisecond to 1 hour
    /// @return this builder
    public LiveConfigBuilder<T> pollInterval(Duration pollInterval) {
        this.pollInterval = pollInterval;
        return this;
    }

    /// Sets how long a call of user code may take: parsing, binding and validating together, or one
    /// participant. A call that takes longer is interrupted and given up. Default: 10 seconds.
    ///
    /// @param callTimeout from 1 millisecond to 1 hour
    /// @return this builder
    public LiveConfigBuilder<T> callTimeout(Duration callTimeout) {
        this.callTimeout = callTimeout;
        return this;
    }

    /// Sets how long [#build()], [LiveConfig#reload()] and the like wait for the loader. Default:
    /// 30 seconds.
    ///
    /// @param timeout from 1 millisecond to 365 days
    /// @return this builder
    public LiveConfigBuilder<T> timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    /// Sets how long [LiveConfig#close()] waits for the thread. Default: 30 seconds.
    ///
    /// @param closeTimeout from zero to 365 days
    /// @return this builder
    public LiveConfigBuilder<T> closeTimeout(Duration closeTimeout) {
        this.closeTimeout = closeTimeout;
        return this;
    }

    /// Sets who is told of changes and failures, and who reads the metrics. Default: nobody.
    ///
    /// @param monitor the monitor
    /// @return this builder
    public LiveConfigBuilder<T> monitor(Monitor monitor) {
        this.monitor = monitor;
        return this;
    }

    /// Sets the monotonic clock. Default: the system's.
    ///
    /// @param ticker the clock
    /// @return this builder
    public LiveConfigBuilder<T> ticker(Ticker ticker) {
        this.ticker = ticker;
        return this;
    }

    /// Sets the registry that holds the configuration; closing it closes the configuration.
    /// Default: none.
    ///
    /// @param registry the registry
    /// @return this builder
    public LiveConfigBuilder<T> registry(ResourceRegistry registry) {
        this.registry = Options.required("registry", registry);
        return this;
    }

    // for tests: no thread, steps are run by hand, or by whoever asks for something.
    LiveConfigBuilder<T> driven() {
        this.driven = true;
        return this;
    }

    // for tests: the clock that file times are compared with.
    LiveConfigBuilder<T> wallMillis(LongSupplier wallMillis) {
        this.wallMillis = wallMillis;
        return this;
    }

    // for tests: where events come from.
    LiveConfigBuilder<T> opener(FolderWatch.Opener opener) {
        this.opener = opener;
        return this;
    }

    /// Builds the configuration and loads its first version. A file that was changed within the
    /// last `settle` is waited for; others are believed at once.
    ///
    /// @return the configuration
    /// @throws io.patinox.memory.error.InvalidOptionException naming the first option that is out
    ///   of range, its value, and the bound
    /// @throws io.patinox.memory.error.ConfigRejectedException if anything is wrong with the
    ///   sources; the message lists everything
    /// @throws io.patinox.memory.error.ConfigTimeoutException if there is no first version within
    ///   `timeout`
    /// @throws io.patinox.memory.error.ConfigInterruptedException if the thread was interrupted
    ///   while it waited; the flag is set
    public LiveConfig<T> build() {
        Options.inRange("history", history, 1, 1_000);
        Options.inRange("maxFileBytes", maxFileBytes, 1, 1L << 30);
        ConfigSettings.Times times =
                new ConfigSettings.Times(
                        nanos("settle", settle, 1, Duration.ofMinutes(1)),
                        nanos("gone", gone, 1, Duration.ofHours(1)),
                        nanos("maxWait", maxWait, 0, Duration.ofMinutes(1)),
                        nanos("minInterval", minInterval, 0, Duration.ofHours(1)),
                        nanos("pollInterval", pollInterval, 1, Duration.ofHours(1)),
                        nanos("callTimeout", callTimeout, 1, Duration.ofHours(1)),
                        Options.inRange("timeout", timeout, Duration.ofMillis(1), LONGEST),
                        Options.inRange("closeTimeout", closeTimeout, Duration.ZERO, LONGEST));
        Assembly<T> assembly =
                new Assembly<>(
                        type,
                        new BindOptions(unknownKeys, lookup, secretPaths),
                        List.copyOf(validators),
                        List.copyOf(validations));
        Overrides overrides = layers.overrides();
        Migrations steps = migrations == null ? Migrations.declaredBy(type) : migrations;
        ConfigSettings<T> settings =
                new ConfigSettings<>(
                        name == null ? "config-" + UNNAMED.incrementAndGet() : name,
                        layers.build(steps, overrides, Formats.installed()),
                        assembly,
                        List.copyOf(fixed),
                        history,
                        maxFileBytes,
                        times,
                        Options.required("monitor", monitor),
                        registry,
                        new ConfigSettings.Surroundings(
                                Options.required("ticker", ticker), wallMillis, opener, driven));
        return new LiveConfig<>(settings, overrides).open();
    }

    private static long nanos(String option, Duration value, int minMillis, Duration max) {
        return Options.inRange(option, value, Duration.ofMillis(minMillis), max).toNanos();
    }
}
