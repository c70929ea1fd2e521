package io.patinox.memory.mmap;

import io.patinox.memory.error.Options;

/// One column of a layout: a component, with those of nested records by their path.
///
/// @param path the name, as `price` or `position.x`
/// @param kind what stands there
/// @param offset where in a record it begins, in bytes
/// @param byteSize how many bytes it takes, all elements of an array together
/// @param length how many elements an array has; -1 if it is none
/// @param detail what the kind needs besides: constants of an enum joined by `|`, an [Encoding],
///   the name of a [MappableType]; else empty
public record MappedColumn(
        String path, ColumnKind kind, int offset, int byteSize, int length, String detail) {

    /// Creates a column. Whether it fits among others is checked by [MappedLayout].
    public MappedColumn {
        Options.required("path", path);
        Options.required("kind", kind);
        Options.required("detail", detail);
    }
}
