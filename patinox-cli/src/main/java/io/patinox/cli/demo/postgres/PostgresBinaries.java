package io.patinox.cli.demo.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL programs for this machine, packed in a jar on the class path.
final class PostgresBinaries {

    private final String resource;

    private PostgresBinaries(String resource) {
        this.resource = resource;
    }

    /// Finds the binaries for this operating system and processor.
    ///
    /// @throws UnsupportedPlatformException if there are none
    static PostgresBinaries forThisMachine() {
        return forMachine(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static PostgresBinaries forMachine(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.contains("linux") ? "linux" : os.contains("mac") ? "darwin" : "";
        String processor =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> "";
                };
        String resource = "/postgres-" + system + "-" + processor + ".txz";
        if (system.isEmpty()
                || processor.isEmpty()
                || PostgresBinaries.class.getResource(resource) == null) {
            throw new UnsupportedPlatformException(osName, osArch);
        }
        return new PostgresBinaries(resource);
    }

    /// Unpacks the programs into a directory, which must exist; gives up early, with what it has
    /// written so far, when told to stop.
    ///
    /// @return whether everything was unpacked
    boolean unpack(Path directory, BooleanSupplier stopped) throws IOException {
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new IOException("The class path has lost " + resource);
            }
            var tar =
                    new TarArchiveInputStream(
                            new BufferedInputStream(
                                    new XZInputStream(new BufferedInputStream(packed)), 1 << 16));
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                if (stopped.getAsBoolean()) {
                    return false;
                }
                unpack(tar, entry, directory);
            }
            return true;
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path directory)
            throws IOException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("The archive leads out of its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, directory.resolve(entry.getLinkName()).normalize());
        } else {
            Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
            if ((entry.getMode() & 0111) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException("Cannot make a program executable: " + entry.getName());
            }
        }
    }
}
