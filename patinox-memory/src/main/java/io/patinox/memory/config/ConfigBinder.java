package io.patinox.memory.config;

import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.internal.BindOptions;
import io.patinox.memory.config.internal.Binder;
import io.patinox.memory.config.internal.Bound;
import io.patinox.memory.config.internal.Trees;
import io.patinox.memory.error.Options;
import io.patinox.memory.internal.Describe;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a record of trees, once: for tools, for tests, and for programs whose settings never
/// change.
///
/// {@snippet file="io/patinox/memory/examples/ConfigFormatExamples.java" region="bind"}
///
/// Immutable; may be used from any thread. Constructors and validators run on the caller.
///
/// @param <T> the type of the configuration
public final class ConfigBinder<T> {

    private final Class<T> type;
    private final BindOptions options;
    private final List<ConfigValidator> validators;

    private ConfigBinder(Builder<T> builder) {
        this.type = builder.type;
        this.options =
                new BindOptions(builder.unknownKeys, builder.lookup, Set.copyOf(builder.secrets));
        this.validators = List.copyOf(builder.validators);
    }

    /// Begins with the type.
    ///
    /// @param <T> the type of the configuration
    /// @param type a record, or a sealed interface of records
    /// @return a builder
    public static <T> Builder<T> builder(Class<T> type) {
        return new Builder<>(Options.required("type", type));
    }

    /// Merges trees, binds the result, and has it validated.
    ///
    /// @param layers the trees, low to high
    /// @return the value, or everything that is wrong
    /// @throws io.patinox.memory.error.ConfigTypeException if nothing could be bound to the type
    public ConfigBinding<T> bind(Table... layers) {
        Options.required("layers", layers);
        Bound<T> bound = Binder.bind(type, Trees.merge(type, List.of(layers)), options);
        T value = bound.value();
        if (value == null) {
            return new ConfigBinding<>(type, bound, bound.problems());
        }
        List<ConfigProblem> problems = new ArrayList<>();
        for (ConfigValidator validator : validators) {
            try {
                problems.addAll(validator.validate(value));
            } catch (RuntimeException e) {
                problems.add(
                        new ConfigProblem(
                                "",
                                "a validator failed with " + Describe.type(e),
                                ConfigValidator.UNKNOWN));
            }
        }
        return new ConfigBinding<>(type, bound, bound.withOrigins(problems));
    }

    /// Collects options. Not for several threads at once.
    ///
    /// @param <T> the type of the configuration
    public static final class Builder<T> {

        private final Class<T> type;
        private final List<String> secrets = new ArrayList<>();
        private final List<ConfigValidator> validators = new ArrayList<>();
        private UnknownKeys unknownKeys = UnknownKeys.REFUSE;
        private @Nullable Lookup lookup;

        private Builder(Class<T> type) {
            this.type = type;
        }

        /// Sets what becomes of keys that the type has no place for. Default: they are refused.
        ///
        /// @param value refuse or warn
        /// @return this builder
        public Builder<T> unknownKeys(UnknownKeys value) {
            this.unknownKeys = Options.required("unknownKeys", value);
            return this;
        }

        /// Gives the rights to make records in packages that are neither exported nor opened.
        /// Default: none.
        ///
        /// @param value what `MethodHandles.lookup()` returns in the module of the records
        /// @return this builder
        public Builder<T> lookup(Lookup value) {
            this.lookup = Options.required("lookup", value);
            return this;
        }

        /// Adds a path whose value is never shown though its type is not `Secret`. Default: none.
        ///
        /// @param path for example `db.password`, or `db.*.password`
        /// @return this builder
        public Builder<T> secret(String path) {
            secrets.add(Options.text("secret", path));
            return this;
        }

        /// Adds a validator, which runs after those before it. Default: none.
        ///
        /// @param value the validator
        /// @return this builder
        public Builder<T> validator(ConfigValidator value) {
            validators.add(Options.required("validator", value));
            return this;
        }

        /// Makes the binder.
        ///
        /// @return the binder
        public ConfigBinder<T> build() {
            return new ConfigBinder<>(this);
        }
    }
}
