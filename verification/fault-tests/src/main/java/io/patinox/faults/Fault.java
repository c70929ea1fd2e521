package io.patinox.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// What happens to a file that is mapped.
enum Fault {
    /// Cut to nothing.
    CUT_TO_ZERO,
    /// Cut to a part of the first page, which has the header.
    CUT_IN_HEADER,
    /// Cut after the header.
    CUT_TO_HEADER,
    /// Cut after some pages.
    CUT_TO_PAGES,
    /// Cut in the middle of a page in the middle.
    CUT_IN_PAGE,
    /// Cut in the middle of the last page: no access faults.
    CUT_LAST_PAGE,
    /// Cut after the header and made longer again: no access faults.
    REGROWN,
    /// Deleted.
    DELETED,
    /// Another file moved to its place.
    REPLACED;

    private static final int PAGE = 16_384; // of the largest that are in use
    private static final int HEADER_BYTES_AT = 12;

    /// The operating system does not let it happen.
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    boolean isCut() {
        return compareTo(REGROWN) < 0;
    }

    /// Does it.
    void happenTo(Path file) {
        try {
            switch (this) {
                case DELETED -> Files.delete(file);
                case REPLACED -> {
                    Path other = file.resolveSibling(file.getFileName() + ".new");
                    Files.write(other, new byte[PAGE]);
                    Files.move(
                            other,
                            file,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                }
                default -> cut(file);
            }
        } catch (IOException e) {
            throw new RefusedException(e.toString());
        }
    }

    private void cut(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long before = channel.size();
            long header = headerBytes(channel);
            channel.truncate(
                    switch (this) {
                        case CUT_TO_ZERO -> 0;
                        case CUT_IN_HEADER -> header / 2;
                        case CUT_TO_PAGES -> 2L * PAGE;
                        case CUT_IN_PAGE -> 2L * PAGE + PAGE / 2 - 1_000;
                        case CUT_LAST_PAGE -> before - 600; // checksums and some elements
                        default -> header;
                    });
            if (this == REGROWN) {
                channel.write(ByteBuffer.allocate(1), before - 1);
            }
        }
    }

    private static int headerBytes(FileChannel channel) throws IOException {
        ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(number, HEADER_BYTES_AT);
        return number.getInt(0);
    }
}
