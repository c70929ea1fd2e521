package io.patinox.cli.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

final class Rewriting {

    /*
     * Replaces a file so that whoever reads it at any moment, also after a crash, finds the old or
     * the new content and nothing in between: the new content is written to another file of the
     * same folder, forced to the disk, and renamed over the old one. The old one was copied before
     * that. A symbolic link stays one: it is the file behind it that is replaced.
     */

    private static final int MAX_BACKUPS = 1_000;

    private final Path file;

    Rewriting(Path file) {
        this.file = file;
    }

    /// Replaces the content, and returns where the old one is kept.
    Path replace(byte[] content) throws IOException {
        Path real = file.toRealPath();
        Path fresh = Files.createTempFile(real.getParent(), "." + real.getFileName(), ".new");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            copyRights(real, fresh);
            Path backup = backup(real);
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
            return backup;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void copyRights(Path from, Path to) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (old != null) {
            Files.setPosixFilePermissions(to, old.readAttributes().permissions());
        }
    }

    /// Copies a file to the first name that is free: app.yaml.bak, app.yaml.bak.1, ...
    private static Path backup(Path real) throws IOException {
        for (int i = 0; i < MAX_BACKUPS; i++) {
            Path backup =
                    real.resolveSibling(real.getFileName() + ".bak" + (i == 0 ? "" : "." + i));
            try {
                return Files.copy(real, backup, StandardCopyOption.COPY_ATTRIBUTES);
            } catch (FileAlreadyExistsException _) {
                // the next one, then
            }
        }
        throw new IOException("has " + MAX_BACKUPS + " backups beside it; remove some");
    }
}
