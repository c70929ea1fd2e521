package io.patinox.memory.config;

import io.patinox.memory.config.internal.Formats;
import io.patinox.memory.config.internal.PropertiesFormat;
import io.patinox.memory.config.internal.Texts;
import io.patinox.memory.error.ConfigSyntaxException;
import java.util.List;
import java.util.Set;

/// Turns the bytes of a file into a tree, and a tree into bytes.
///
/// Properties are built in. `patinox-config-formats` brings YAML, TOML and JSON; whoever writes a
/// format of their own names it as a service of this interface.
///
/// Implementations have no state that changes, and may be called from any thread. They refuse what
/// would cost more than its size suggests: deep nesting, aliases that multiply, numbers without
/// end.
public interface ConfigFormat {

    /// Returns the name of the format.
    ///
    /// @return for example `yaml`
    String name();

    /// Returns the ends of the names of files in this format.
    ///
    /// @return in lower case and without the dot, for example `yaml` and `yml`
    Set<String> extensions();

    /// Reads a file. An empty one, or one that has only comments, is an empty table.
    ///
    /// @param content the bytes
    /// @param source what they were read from, for origins and errors: for example `file app.yaml`
    /// @return the tree
    /// @throws ConfigSyntaxException if the content is not of this format, is not UTF-8, says
    ///   something twice or is beyond a limit; the message does not show the content
    ConfigNode.Table parse(byte[] content, String source) throws ConfigSyntaxException;

    /// Writes a tree. What a tree does not hold, such as comments, is lost.
    ///
    /// @param content the tree
    /// @return the bytes, which [#parse] reads as a tree of the same content, as far as the format
    ///   can say it
    /// @throws UnsupportedOperationException if this format can only be read, which is the default,
    ///   or cannot say what the tree holds
    default byte[] write(ConfigNode.Table content) {
        throw new UnsupportedOperationException("the format " + name() + " can only be read");
    }

    /// Returns the text of a file, for those who write a format.
    ///
    /// @param content the bytes: UTF-8, with or without a byte order mark, at most 16 MiB, and text
    /// @param source what they were read from
    /// @return the text, without the mark
    /// @throws ConfigSyntaxException if they are something else
    static String text(byte[] content, String source) throws ConfigSyntaxException {
        return Texts.decode(content, source);
    }

    /// Returns the format of Java's properties, in UTF-8: dots nest, `[0]` or a number counts.
    ///
    /// @return the format
    static ConfigFormat properties() {
        return PropertiesFormat.INSTANCE;
    }

    /// Returns the formats that are there: properties, and those found as services.
    ///
    /// @return the formats
    static List<ConfigFormat> installed() {
        return Formats.installed();
    }

    /// Returns the format for a file by the end of its name.
    ///
    /// @param fileName the name
    /// @return the format
    /// @throws io.patinox.memory.error.InvalidOptionException if there is none; it names those that
    ///   are there
    static ConfigFormat forFileName(String fileName) {
        return Formats.forFileName(fileName, installed());
    }
}
