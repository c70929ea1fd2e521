package io.patinox.benchmarks.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.configuration2.ImmutableConfiguration;
import org.apache.commons.configuration2.PropertiesConfiguration;
import org.apache.commons.configuration2.builder.ReloadingFileBasedConfigurationBuilder;
import org.apache.commons.configuration2.builder.fluent.Parameters;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.reloading.PeriodicReloadingTrigger;

/// Commons Configuration with a builder that reloads and a trigger that makes it look, as its
/// user's guide sets it up, ten times a second instead of every few seconds.
final class CommonsReader implements ConfigReader {

    private static final long PERIOD_MILLIS = 100;

    private final ReloadingFileBasedConfigurationBuilder<PropertiesConfiguration> builder;
    private final PeriodicReloadingTrigger trigger;
    private final Judge<PropertiesConfiguration> judge = new Judge<>(CommonsReader::entries);

    /// Sets the reader up.
    ///
    /// @param file what to read
    CommonsReader(Path file) {
        this.builder =
                new ReloadingFileBasedConfigurationBuilder<>(PropertiesConfiguration.class)
                        .configure(
                                new Parameters()
                                        .fileBased()
                                        .setFile(file.toFile())
                                        .setReloadingRefreshDelay(PERIOD_MILLIS));
        this.trigger =
                new PeriodicReloadingTrigger(
                        builder.getReloadingController(),
                        null,
                        PERIOD_MILLIS,
                        TimeUnit.MILLISECONDS);
        trigger.start();
    }

    @Override
    public Reading current() {
        try {
            return judge.of(builder.getConfiguration());
        } catch (ConfigurationException _) {
            return Reading.MISSING;
        }
    }

    private static Map<String, String> entries(PropertiesConfiguration given) {
        ImmutableConfiguration configuration = given.immutableSubset(Content.PREFIX);
        Map<String, String> entries = new HashMap<>();
        for (Iterator<String> keys = configuration.getKeys(); keys.hasNext(); ) {
            String key = keys.next();
            entries.put(key, configuration.getString(key));
        }
        return entries;
    }

    @Override
    public void close() {
        trigger.shutdown();
    }
}
