package io.patinox.memory.mmap.internal.layout;

/// Which blocks of a file were written to since their checksums were made.
///
/// A mark is set before the write that it is for. Marks are plain bytes: those who collect them
/// keep writers out meanwhile.
public final class BlockMarks {
    private final byte[] marks;
    private final int shift;

    /// Begins without marks.
    ///
    /// @param blocks how many blocks there are
    /// @param blockBytes how large they are, a power of two
    public BlockMarks(int blocks, int blockBytes) {
        this.marks = new byte[blocks];
        this.shift = Integer.numberOfTrailingZeros(blockBytes);
    }

    /// Notes that bytes are about to be written.
    ///
    /// @param offset the first, from the first element on
    /// @param length how many, at least 1
    public void mark(long offset, long length) {
        int last = (int) ((offset + length - 1) >>> shift);
        for (int block = (int) (offset >>> shift); block <= last; block++) {
            marks[block] = 1;
        }
    }

    /// Adds the marks of the blocks that both have.
    ///
    /// @param others the other marks
    public void addAll(BlockMarks others) {
        for (int block = 0; block < Math.min(marks.length, others.marks.length); block++) {
            marks[block] |= others.marks[block];
        }
    }

    /// Takes a mark away.
    ///
    /// @param block the block
    /// @return whether there was one
    public boolean take(int block) {
        boolean marked = marks[block] != 0;
        marks[block] = 0;
        return marked;
    }

    /// Returns how many blocks there are.
    ///
    /// @return the number
    public int blocks() {
        return marks.length;
    }
}
