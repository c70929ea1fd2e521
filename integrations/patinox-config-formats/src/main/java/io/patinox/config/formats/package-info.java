/// Formats of files, found as services: YAML, TOML, JSON; and the annotations of Jakarta
/// Validation.
@NullMarked
package io.patinox.config.formats;

import org.jspecify.annotations.NullMarked;
