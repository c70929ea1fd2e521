package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Figures;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/// Reads traces from files, unpacked as they are read.
///
/// @param format how they are written down
/// @param column which column of a CSV file has the key, from 1
/// @param limit how many requests to read at most
record TraceFile(TraceFormat format, int column, long limit) {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};

    /// Reads a trace.
    ///
    /// @throws BadInputException if that can't be done; it says what is wrong, where, and what to
    ///   do
    Trace read(Path file) {
        check(file);
        TraceBuilder builder = new TraceBuilder(limit);
        try (InputStream raw = buffered(Files.newInputStream(file));
                InputStream in = buffered(unpacked(raw))) {
            TraceFormat found =
                    format == TraceFormat.AUTO
                            ? TraceFormat.detect(plainName(file), start(in, BUFFER_BYTES / 2))
                            : format;
            parser(found, file, builder).read(in);
        } catch (EOFException | XZIOException | ZipException broken) {
            throw cut(file, builder, broken);
        } catch (IOException e) {
            throw new BadInputException(
                    "%s can't be read (%s); check its permissions".formatted(file, e));
        }
        if (builder.length() == 0) {
            throw new BadInputException(
                    "%s has no requests; record some, or choose another --format".formatted(file));
        }
        return builder.build(plainName(file));
    }

    /// Checks what can be known of a file without reading it.
    ///
    /// @throws BadInputException if there is no such file
    static void check(Path file) {
        if (!Files.exists(file)) {
            throw new BadInputException("%s does not exist; check the path".formatted(file));
        }
        if (Files.isDirectory(file)) {
            throw new BadInputException("%s is a folder; name the files in it".formatted(file));
        }
    }

    private TraceParser parser(TraceFormat found, Path file, TraceBuilder builder) {
        return switch (found) {
            case INT32 -> new BinaryParser(file, Integer.BYTES, builder);
            case INT64 -> new BinaryParser(file, Long.BYTES, builder);
            case CSV -> new LineParser(file, found, new CsvLines(file, column, builder), builder);
            case ARC -> new LineParser(file, found, new ArcLines(file, builder), builder);
            case LIRS -> new LineParser(file, found, new LirsLines(file, builder), builder);
            default -> new LineParser(file, found, (line, at) -> builder.add(line), builder);
        };
    }

    private static BadInputException cut(Path file, TraceBuilder builder, IOException broken) {
        int read = builder.length();
        String wayOut =
                read == 0
                        ? "fetch it again"
                        : "fetch it again, or replay what is there by --limit " + read;
        return new BadInputException(
                "%s is cut off or damaged after %s requests (%s); %s"
                        .formatted(file, Figures.count(read), reason(broken), wayOut));
    }

    private static String reason(IOException broken) {
        String message = broken.getMessage();
        return message == null ? broken.getClass().getSimpleName() : message;
    }

    private static BufferedInputStream buffered(InputStream in) {
        return new BufferedInputStream(in, BUFFER_BYTES);
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        byte[] magic = start(raw, XZ.length);
        if (Arrays.equals(magic, XZ)) {
            return new Portions(new XZInputStream(raw));
        }
        return magic.length >= 2 && Arrays.equals(Arrays.copyOf(magic, 2), GZIP)
                ? new Portions(new GZIPInputStream(raw, BUFFER_BYTES))
                : raw;
    }

    /// Returns the beginning of a stream, which is then read from there again.
    private static byte[] start(InputStream in, int length) throws IOException {
        in.mark(length);
        byte[] start = new byte[length];
        int count = 0;
        try {
            int more = in.read(start, 0, length);
            while (more > 0) {
                count += more;
                more = in.read(start, count, length - count);
            }
        } catch (EOFException | XZIOException | ZipException broken) {
            // whoever reads on meets it again, and can say how far it is
        }
        in.reset();
        return Arrays.copyOf(start, count);
    }

    private static String plainName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.replaceFirst("\\.(gz|xz)$", "");
    }
}
