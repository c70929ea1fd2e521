package io.patinox.memory.mmap;

import java.util.List;

/// What a scan of a file's checksums found.
///
/// A block of a dirty file that is not as its checksum says was either damaged, or written after
/// the last [MutableMappedFile#force()]: nobody can tell which.
///
/// @param blocks how many blocks there are
/// @param blockBytes how many bytes a block has; the last may be shorter
/// @param bad those that are not as their checksum says, upwards
/// @param clean whether the last writer closed the file
public record BlockReport(long blocks, int blockBytes, List<BadBlock> bad, boolean clean) {
    /// Copies the list.
    public BlockReport {
        bad = List.copyOf(bad);
    }

    /// A block that is not as its checksum says.
    ///
    /// @param block its number, from 0
    /// @param firstElement the first element that is in it, at least in part
    /// @param lastElement the last
    /// @param expected the checksum that was written
    /// @param found the checksum that its bytes have
    public record BadBlock(
            long block, long firstElement, long lastElement, int expected, int found) {}

    /// Returns whether all blocks are good.
    ///
    /// @return true if none is bad
    public boolean isGood() {
        return bad.isEmpty();
    }
}
