package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.error.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// Finds formats.
public final class Formats {

    private Formats() {}

    /// Returns properties, and what services there are.
    ///
    /// @return the formats
    public static List<ConfigFormat> installed() {
        List<ConfigFormat> formats = new ArrayList<>();
        formats.add(PropertiesFormat.INSTANCE);
        ServiceLoader.load(ConfigFormat.class).forEach(formats::add);
        return List.copyOf(formats);
    }

    /// Returns the format for a file.
    ///
    /// @param fileName its name
    /// @param formats those to choose from; an earlier one is preferred
    /// @return the first that has the end of the name
    public static ConfigFormat forFileName(String fileName, List<ConfigFormat> formats) {
        Options.text("fileName", fileName);
        String end = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (ConfigFormat format : formats) {
            if (format.extensions().contains(end)) {
                return format;
            }
        }
        String known =
                formats.stream()
                        .flatMap(format -> format.extensions().stream().sorted())
                        .map(extension -> "." + extension)
                        .collect(Collectors.joining(", "));
        throw new InvalidOptionException(
                "file",
                fileName,
                "of a known format (" + known + ")",
                "rename it, or add patinox-config-formats for YAML, TOML and JSON");
    }
}
