package io.patinox.memory.mmap;

import java.nio.file.Path;

/// What stands at the beginning of a file.
///
/// @param path the file
/// @param formatVersion the version of the format of the header
/// @param headerBytes where the elements begin
/// @param fingerprint the fingerprint of the layout
/// @param count how many elements are published
/// @param capacity for how many there is room
/// @param clean whether the last writer closed it
/// @param blockBytes how many bytes a checksum is for; 0 if there are none
/// @param layout the layout
/// @param fileBytes how long the file is
public record MappedFileHeader(
        Path path,
        int formatVersion,
        int headerBytes,
        long fingerprint,
        long count,
        long capacity,
        boolean clean,
        int blockBytes,
        MappedLayout layout,
        long fileBytes) {}
