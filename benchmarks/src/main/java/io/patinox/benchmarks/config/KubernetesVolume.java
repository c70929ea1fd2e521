package io.patinox.benchmarks.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A folder with a mounted ConfigMap, written as the kubelet writes it: the steps of
/// `pkg/volume/util/atomic_writer.go` of Kubernetes, in their order.
///
/// The file is a link to `..data/<file>`; `..data` is a link to a folder named after the time. A
/// new content is a new folder, and becomes visible when a new link is renamed over `..data`. So no
/// name that a reader knows is ever written to.
final class KubernetesVolume {

    private static final String DATA = "..data";
    private static final String NEW_DATA = "..data_tmp";

    private KubernetesVolume() {}

    /// Saves a file of the volume, and makes the volume if there is none.
    ///
    /// @param file the file as a program opens it
    /// @param contents what to write
    /// @throws IOException when the file system refuses
    static void save(Path file, Contents contents) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path name = file.getFileName();
        if (folder == null || name == null) {
            throw new IOException("no file in a folder: " + file);
        }
        Path data = folder.resolve(DATA);
        Path old = Files.isSymbolicLink(data) ? Files.readSymbolicLink(data) : null;

        Path fresh = Files.createTempDirectory(folder, "..2026_11_27_18_00_00.");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path written = Files.write(fresh.resolve(name), contents.whole());
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r--r--"));

        Path link = folder.resolve(NEW_DATA);
        Files.createSymbolicLink(link, fresh.getFileName());
        Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);

        if (!Files.isSymbolicLink(file)) {
            Files.createSymbolicLink(file, Path.of(DATA).resolve(name));
        }
        if (old != null) {
            Files.delete(folder.resolve(old).resolve(name));
            Files.delete(folder.resolve(old));
        }
    }
}
