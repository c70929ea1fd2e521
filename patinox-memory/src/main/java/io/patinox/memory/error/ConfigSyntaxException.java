package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;

/// The content of a source is not of its format, or beyond a limit of it.
///
/// It has no cause and shows nothing of the content, because that may be a secret.
public final class ConfigSyntaxException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// What was read.
    private final String source;

    /// The line, or 0.
    private final int line;

    /// The column, or 0.
    private final int column;

    /// Creates the exception.
    ///
    /// @param source what was read, for example `file app.yaml`
    /// @param line the line, from 1; 0 if it is not known
    /// @param column the column, from 1; 0 if it is not known
    /// @param detail what is wrong, without any of the content's values
    public ConfigSyntaxException(String source, int line, int column, String detail) {
        super(
                MemoryErrorCode.CONFIG_SYNTAX,
                Describe.line(source) + place(line, column) + ": " + Describe.line(detail),
                null);
        this.source = source;
        this.line = line;
        this.column = column;
    }

    private static String place(int line, int column) {
        if (line == 0) {
            return "";
        }
        return column == 0 ? ":" + line : ":" + line + ":" + column;
    }

    /// Returns what was read.
    ///
    /// @return the source
    public String source() {
        return source;
    }

    /// Returns the line.
    ///
    /// @return from 1; 0 if it is not known
    public int line() {
        return line;
    }

    /// Returns the column.
    ///
    /// @return from 1; 0 if it is not known
    public int column() {
        return column;
    }
}
