package io.patinox.config.formats;

import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.error.ConfigSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// TOML 1.0, and inline tables over several lines as in 1.1. Dates and times are text in ISO form.
///
/// Whole numbers may be longer than 64 bits, fractions are kept exactly. TOML has no null, so a
/// tree with one cannot be written. May be used from any thread.
public final class TomlFormat implements ConfigFormat {

    /// Creates the format. It has no state.
    public TomlFormat() {}

    @Override
    public String name() {
        return "toml";
    }

    @Override
    public Set<String> extensions() {
        return Set.of("toml");
    }

    @Override
    public Table parse(byte[] content, String source) throws ConfigSyntaxException {
        return new TomlReader(new TomlText(ConfigFormat.text(content, source), source)).table();
    }

    @Override
    public byte[] write(Table content) {
        return TomlWriter.text(content).getBytes(StandardCharsets.UTF_8);
    }
}
