package io.patinox.benchmarks.config;

import java.util.List;

/// Who is measured.
final class Peers {

    static final String PATINOX = "patinox";
    static final String FIELD = "volatile field";
    static final String REFERENCE = "AtomicReference";
    static final String SMALLRYE = "smallrye";
    static final String GESTALT = "gestalt";
    static final String TYPESAFE = "typesafe";
    static final String COMMONS = "commons-configuration2";
    static final String HELIDON = "helidon";
    static final String NAIVE = "naive";

    /// Those who keep up with a file.
    static final List<String> READERS = List.of(PATINOX, GESTALT, COMMONS, HELIDON, NAIVE);

    private Peers() {}

    /// Returns how a reader is set up.
    ///
    /// @param name one of [#READERS]
    static ConfigReader.Factory reader(String name) {
        return switch (name) {
            case PATINOX -> PatinoxReader::new;
            case GESTALT -> GestaltReader::new;
            case COMMONS -> (file, _) -> new CommonsReader(file);
            case HELIDON -> HelidonReader::new;
            case NAIVE -> NaiveReader::new;
            default -> throw new IllegalArgumentException("no reader " + name);
        };
    }
}
