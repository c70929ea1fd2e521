package io.patinox.memory.mmap;

/// What stands in a column of a file.
public enum ColumnKind {
    /// One byte, 0 or 1.
    BOOLEAN("bool"),
    /// A signed byte.
    BYTE("i8"),
    /// A signed number of 2 bytes.
    SHORT("i16"),
    /// A UTF-16 unit of 2 bytes.
    CHAR("u16"),
    /// A signed number of 4 bytes.
    INT("i32"),
    /// A signed number of 8 bytes.
    LONG("i64"),
    /// An IEEE 754 number of 4 bytes.
    FLOAT("f32"),
    /// An IEEE 754 number of 8 bytes.
    DOUBLE("f64"),
    /// The ordinal of an enum; the column's detail is its constants.
    ENUM("enum"),
    /// Two bytes for how many bytes are used, then the bytes, UTF-8.
    UTF8("utf8"),
    /// Two bytes for how many bytes are used, then the bytes, ISO 8859-1.
    LATIN1("latin1"),
    /// A moment; the column's detail is its [Encoding].
    INSTANT("instant"),
    /// A span of time; the column's detail is its [Encoding].
    DURATION("duration"),
    /// Sixteen bytes in the order of RFC 9562, whatever the file's.
    UUID("uuid"),
    /// A [MappableType]; the column's detail is its name.
    OWN("own");

    private final String code;

    ColumnKind(String code) {
        this.code = code;
    }

    /// Returns how the kind is written in the text of a layout.
    ///
    /// @return the code
    public String code() {
        return code;
    }
}
