/// Settings as an immutable record, read from files and other sources, that can change while the
/// program runs and are never wrong.
///
/// {@snippet file="io/patinox/memory/examples/ConfigExamples.java" region="start"}
///
/// **What always holds**
///
/// 1. What [LiveConfig#current()][io.patinox.memory.config.LiveConfig#current()] returns was read
///    completely, parsed, brought to the present schema, bound, validated and agreed to, as a
///    whole. It is swapped by one reference: nobody sees a half of two versions.
/// 2. A source that is torn, empty, missing or wrong never replaces a good version, and never ends
///    the watching. [LiveConfig#status()][io.patinox.memory.config.LiveConfig#status()] says what
///    is wrong and where, and recovers when the source does, also if that brings back the content
///    that is current already.
/// 3. A file is believed when it has rested: read twice and found the same under the same stamps.
///    Events of the operating system are hints to look; looking never stops.
/// 4. Versions grow by one with every change, a rollback among them, and nobody sees an older one
///    after a newer one.
/// 5. Changes are made one after the other, by one thread that nothing ends but closing. What the
///    user wrote runs elsewhere, with a time limit, and can refuse a change but not hold up the
///    thread.
/// 6. A value says where it came from; a secret says nothing.
///
/// **Where to begin**
///
/// - [LiveConfig][io.patinox.memory.config.LiveConfig] and its
///   [builder][io.patinox.memory.config.LiveConfigBuilder]: what a service uses.
/// - [ConfigSelection][io.patinox.memory.config.ConfigSelection]: one part of it, bound to what it
///   configures.
/// - [ConfigParticipant][io.patinox.memory.config.ConfigParticipant]: who must agree to a change.
/// - [ConfigRollout][io.patinox.memory.config.ConfigRollout]: a change for some subjects first.
/// - [ConfigSource][io.patinox.memory.config.ConfigSource]: settings from elsewhere.
/// - [ConfigNode][io.patinox.memory.config.ConfigNode]: what a source says, as a tree in which
///   every value knows where it comes from.
/// - [ConfigFormat][io.patinox.memory.config.ConfigFormat]: turns the bytes of a file into a tree.
/// - [Migrations][io.patinox.memory.config.Migrations]: bring an old tree to the present schema.
/// - [ConfigBinder][io.patinox.memory.config.ConfigBinder]: makes a record of a tree, and tells
///   everything that is wrong with it at once.
/// - [Secret][io.patinox.memory.config.Secret]: a value that is never printed.
///
/// This package knows `error`, `monitor`, `resource` and `share`, and none of the other parts.
@NullMarked
package io.patinox.memory.config;

import org.jspecify.annotations.NullMarked;
