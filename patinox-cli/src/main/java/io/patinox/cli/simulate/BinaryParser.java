package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Big-endian numbers, one after the other.
///
/// @param file what is read
/// @param width how many bytes a number has
/// @param builder takes the requests
record BinaryParser(Path file, int width, TraceBuilder builder) implements TraceParser {

    private static final int BUFFER_BYTES = 1 << 16;

    @Override
    public void read(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        long key = 0;
        while (!builder.isFull()) {
            int count = in.read(buffer, 0, buffer.length);
            if (count <= 0) {
                break;
            }
            for (int i = 0; i < count && !builder.isFull(); i++) {
                key = key << Byte.SIZE | (buffer[i] & 0xff);
                if (++bytes % width == 0) {
                    builder.add(key);
                    key = 0;
                }
            }
        }
        if (!builder.isFull() && bytes % width != 0) {
            throw new BadInputException(
                    ("%s ends within a number: its %s bytes are no multiple of %d; fetch it again,"
                                    + " or choose another --format than int%d")
                            .formatted(file, Figures.count(bytes), width, width * Byte.SIZE));
        }
    }
}
