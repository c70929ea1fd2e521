package io.patinox.benchmarks.config;

import com.typesafe.config.Config;
import io.patinox.memory.config.LiveConfig;
import io.smallrye.config.SmallRyeConfig;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.configuration2.Configuration;
import org.github.gestalt.config.Gestalt;
import org.github.gestalt.config.exceptions.GestaltException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Reads a number of the configuration: one method an implementation. All have read the same file;
/// what they made of it is in an instance field.
public class ReadBenchmark {

    private static final String KEY = "port";

    /// Ours.
    @State(Scope.Benchmark)
    public static class Patinox {
        private final LiveConfig<ServerSettings> config = ReadPeers.patinox(ReadPeers.file());
    }

    /// A record in a volatile field: nothing that can change can be read for less.
    @State(Scope.Benchmark)
    public static class Field {
        private volatile ServerSettings settings = new ServerSettings(8080, "localhost");
    }

    /// The same record in a reference of the JDK, as whoever shares it between objects does.
    @State(Scope.Benchmark)
    public static class Reference {
        private final AtomicReference<ServerSettings> settings =
                new AtomicReference<>(new ServerSettings(8080, "localhost"));
    }

    /// SmallRye Config with its default interceptors.
    @State(Scope.Benchmark)
    public static class SmallRye {
        private final SmallRyeConfig config = ReadPeers.smallRye(ReadPeers.file());
    }

    /// Gestalt with its cache, as it is by default.
    @State(Scope.Benchmark)
    public static class OfGestalt {
        private final Gestalt config = ReadPeers.gestalt(ReadPeers.file());
    }

    /// Typesafe Config, resolved.
    @State(Scope.Benchmark)
    public static class Typesafe {
        private final Config config = ReadPeers.typesafe(ReadPeers.file());
    }

    /// Commons Configuration.
    @State(Scope.Benchmark)
    public static class Commons {
        private final Configuration config = ReadPeers.commons(ReadPeers.file());
    }

    /// Reads ours.
    ///
    /// @param state the configuration
    /// @return the number
    @Benchmark
    public int patinox(Patinox state) {
        return state.config.current().port();
    }

    /// Reads the field.
    ///
    /// @param state the field
    /// @return the number
    @Benchmark
    public int field(Field state) {
        return state.settings.port();
    }

    /// Reads the reference.
    ///
    /// @param state the reference
    /// @return the number
    @Benchmark
    public int reference(Reference state) {
        return state.settings.get().port();
    }

    /// Reads SmallRye's.
    ///
    /// @param state its configuration
    /// @return the number
    @Benchmark
    public int smallRye(SmallRye state) {
        return state.config.getValue(KEY, Integer.class);
    }

    /// Reads Gestalt's.
    ///
    /// @param state its configuration
    /// @return the number
    /// @throws GestaltException when there is none
    @Benchmark
    public int gestalt(OfGestalt state) throws GestaltException {
        return state.config.getConfig(KEY, Integer.class);
    }

    /// Reads Typesafe's.
    ///
    /// @param state its configuration
    /// @return the number
    @Benchmark
    public int typesafe(Typesafe state) {
        return state.config.getInt(KEY);
    }

    /// Reads that of Commons Configuration.
    ///
    /// @param state its configuration
    /// @return the number
    @Benchmark
    public int commons(Commons state) {
        return state.config.getInt(KEY);
    }
}
