/// Settings as an immutable record, read from files and other sources, that can change while the
/// program runs and are never wrong.
///
/// - [ConfigNode][io.patinox.memory.config.ConfigNode]: what a source says, as a tree in which
///   every value knows where it comes from.
/// - [ConfigFormat][io.patinox.memory.config.ConfigFormat]: turns the bytes of a file into a tree.
/// - [Migrations][io.patinox.memory.config.Migrations]: bring an old tree to the present schema.
/// - [Secret][io.patinox.memory.config.Secret]: a value that is never printed.
///
/// This package knows `error`, `monitor`, `resource` and `share`, and none of the other parts.
@NullMarked
package io.patinox.memory.config;

import org.jspecify.annotations.NullMarked;
