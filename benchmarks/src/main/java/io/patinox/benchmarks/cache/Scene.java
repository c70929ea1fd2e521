package io.patinox.benchmarks.cache;

import java.util.Locale;
import java.util.function.BiConsumer;

/// What the caches of a fork are like, and what they hold when measuring begins.
///
/// A fork is told by a system property, so that one benchmark method serves every scene and each
/// fork compiles the calls of one only.
enum Scene {
    /// Bounded by entries, and holds all keys that are asked for.
    RESIDENT,
    /// The same, and entries expire an hour after they were written.
    EXPIRING,
    /// The same, with everything that the cache can do for its user.
    FEATURES,
    /// As [#RESIDENT], but only one key is asked for.
    HOT,
    /// Bounded by entries, and full of keys that nobody asks for.
    FULL;

    /// How many entries the caches may hold.
    static final int MAX_ENTRIES = 65_536;

    /// How many keys are asked for where all are there.
    static final int RESIDENTS = 11_000;

    private static final String PROPERTY = "patinox.bench.cache";

    /// Returns the scene of this JVM.
    static Scene here() {
        return valueOf(System.getProperty(PROPERTY, RESIDENT.name()));
    }

    /// Returns the option by which a JVM has this scene.
    String jvmOption() {
        return "-D" + PROPERTY + "=" + name();
    }

    /// Returns the name as regimes print it.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Fills a cache: first past its bound, since some caches keep no books until they are half
    /// full and never leave them off again.
    ///
    /// @param put how to put a value in
    /// @param clear how to remove everything
    void fill(BiConsumer<Integer, Object> put, Runnable clear) {
        for (int i = 0; i < 2 * MAX_ENTRIES; i++) {
            put.accept(-1 - i, Keys.VALUES[i & Keys.VALUE_MASK]);
        }
        if (this != FULL) {
            clear.run();
            for (int i = 0; i < RESIDENTS; i++) {
                put.accept(Keys.BOXED[i], Keys.VALUES[i & Keys.VALUE_MASK]);
            }
        }
        System.gc();
    }
}
