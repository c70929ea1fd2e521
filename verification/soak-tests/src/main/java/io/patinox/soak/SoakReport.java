package io.patinox.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Figures and bars as JSON, in the form of `patinox bench`.
final class SoakReport {
    private final String group;
    private final String implementation;
    private final List<String> figures = new ArrayList<>();
    private final List<String> bars = new ArrayList<>();

    SoakReport(String group, String implementation) {
        this.group = group;
        this.implementation = implementation;
    }

    SoakReport figure(String regime, String metric, String unit, Number value) {
        figures.add(
                String.format(
                        Locale.ROOT,
                        "{\"regime\":\"%s\",\"implementation\":\"%s\",\"metric\":\"%s\","
                                + "\"unit\":\"%s\",\"value\":%s,\"error\":0}",
                        regime,
                        implementation,
                        metric,
                        unit,
                        value));
        return this;
    }

    SoakReport bar(String name, String bar, Number value, boolean met) {
        bars.add(
                String.format(
                        Locale.ROOT,
                        "{\"name\":\"%s\",\"bar\":\"%s\",\"value\":%s,\"met\":%s}",
                        name,
                        bar,
                        value,
                        met));
        return this;
    }

    void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, toString());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "{\"group\":\"%s\",\"date\":\"%s\",\"jdk\":\"%s\",\"cpus\":%d,"
                        + "\"figures\":[%s],\"bars\":[%s]}%n",
                group,
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                String.join(",", figures),
                String.join(",", bars));
    }
}
