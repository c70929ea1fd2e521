package io.patinox.memory.config;

import java.util.Map;

/// Where settings come from, besides files: a tree of values, each with its origin.
///
/// This is what a bridge to another library implements. It is read when the configuration is
/// loaded: at the start, when a file changed, when [LiveConfig#reload()] is called, and when it
/// says itself that something changed. It is not read at every look at the files.
///
/// {@snippet file="io/patinox/memory/examples/ConfigExamples.java" region="source"}
///
/// **Threads.** Read by one thread at a time, with the time limit
/// [LiveConfigBuilder#callTimeout(java.time.Duration)]. What it throws rejects the change and is
/// shown in [LiveConfig#status()] by its type only, since a message may hold a secret.
public interface ConfigSource {

    /// Returns the name, as it stands in problems.
    ///
    /// @return for example `consul`
    String name();

    /// Reads everything.
    ///
    /// @return the tree
    /// @throws Exception if it can't be read now
    ConfigNode.Table read() throws Exception;

    /// Asks to be told of changes. By default there are none.
    ///
    /// @param hint run whenever it may be worth reading anew; returns at once, never throws, and
    ///   may be run by any thread and as often as one likes
    /// @return ends it
    default AutoCloseable onChange(Runnable hint) {
        return () -> {};
    }

    /// Returns a source of fixed values.
    ///
    /// @param name its name
    /// @param values the values by dotted path, such as `pool.maxSize`; copied
    /// @return the source
    static ConfigSource of(String name, Map<String, ?> values) {
        return FlatSource.of(name, values);
    }

    /// Returns a source of environment variables. `APP_POOL_MAX_SIZE` means `pool.maxSize` if the
    /// prefix is `APP_`.
    ///
    /// @param prefix what the names begin with; not empty, since the environment is full of others
    /// @return the source
    static ConfigSource environment(String prefix) {
        return FlatSource.environment(prefix, System::getenv);
    }

    /// Returns a source of system properties, read anew at each load.
    ///
    /// @param prefix what the names begin with, such as `app.`; not empty
    /// @return the source
    static ConfigSource systemProperties(String prefix) {
        return FlatSource.systemProperties(prefix);
    }

    /// Returns a source of a command line: `--pool.maxSize=20`, and `--verbose` for `true`. What
    /// does not begin with the prefix belongs to somebody else, and so does all after `--`.
    ///
    /// @param prefix what an argument begins with, such as `--` or `--app.`; not empty
    /// @param arguments the arguments; copied
    /// @return the source
    static ConfigSource arguments(String prefix, String... arguments) {
        return FlatSource.arguments(prefix, arguments);
    }
}
