/// Settings in YAML, TOML and JSON for Patinox Memory, and the annotations of Jakarta Validation.
module io.patinox.config.formats {
    requires static transitive org.jspecify;
    requires transitive io.patinox.memory;
    requires org.snakeyaml.engine;
    requires tools.jackson.core;

    // only where it is there; whoever uses JakartaValidation brings it
    requires static transitive jakarta.validation;

    exports io.patinox.config.formats;

    provides io.patinox.memory.config.ConfigFormat with
            io.patinox.config.formats.YamlFormat,
            io.patinox.config.formats.TomlFormat,
            io.patinox.config.formats.JsonFormat;
}
