package io.patinox.memory.config.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Looks at a path that should be a file, or a folder of files, and reads it.
///
/// A folder is read as Kubernetes fills one: each regular file is an entry, names that begin with
/// two dots belong to the mechanism, and folders within are left out.
public final class FileView {
    private static final int ENTRIES = 10_000;

    private final Path path;
    private final boolean folder;
    private final long limitBytes;

    /// Creates the view.
    ///
    /// @param path the file or the folder
    /// @param folder which of them it should be
    /// @param limitBytes how much is read at most
    public FileView(Path path, boolean folder, long limitBytes) {
        this.path = path;
        this.folder = folder;
        this.limitBytes = limitBytes;
    }

    Path path() {
        return path;
    }

    /// Looks without reading. Equal results make it likely that nothing changed.
    List<FileStamp> stamps() {
        FileStamp first = FileStamp.of(path);
        if (!folder || first.kind() != FileStamp.Kind.FOLDER) {
            return List.of(first);
        }
        List<FileStamp> stamps = new ArrayList<>();
        stamps.add(first);
        stamps.add(FileStamp.of(path.resolve("..data")));
        try {
            for (Path entry : entries()) {
                stamps.add(FileStamp.of(entry));
            }
        } catch (IOException unreadable) {
            // reading says why
            stamps.add(first);
        }
        return stamps;
    }

    private List<Path> entries() throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path entry : all) {
                if (!name(entry).startsWith("..") && entries.size() <= ENTRIES) {
                    entries.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(null);
        return entries;
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }

    /// Reads everything, without knowing whether somebody writes meanwhile.
    Sighting read(List<FileStamp> stamps, long nowMillis) {
        FileStamp first = stamps.getFirst();
        boolean recent =
                stamps.stream()
                        .anyMatch(stamp -> stamp.isRecent(nowMillis, FileStamp.RECENT_MILLIS));
        switch (first.kind()) {
            case ABSENT -> {
                return Sighting.of(Sighting.State.ABSENT, "does not exist");
            }
            case UNREADABLE -> {
                return Sighting.of(Sighting.State.BROKEN, String.valueOf(first.failure()));
            }
            case FILE, FOLDER -> {
                if (first.isFile() == folder) {
                    return Sighting.of(
                            Sighting.State.BROKEN,
                            folder ? "is a file, not a folder" : "is a folder, not a file");
                }
            }
        }
        try {
            return read(recent);
        } catch (IOException | SecurityException e) {
            return Sighting.of(
                    Sighting.State.BROKEN, "can't be read: " + e.getClass().getSimpleName());
        }
    }

    private Sighting read(boolean recent) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        long left = limitBytes;
        for (Path file : folder ? entries() : List.of(path)) {
            if (folder && !FileStamp.of(file).isFile()) {
                continue;
            }
            byte[] bytes = bounded(file, left);
            if (bytes == null || files.size() >= ENTRIES) {
                return Sighting.of(
                        Sighting.State.BROKEN,
                        bytes == null
                                ? "is longer than the limit of " + limitBytes + " bytes"
                                : "has more than " + ENTRIES + " files");
            }
            left -= bytes.length;
            files.put(folder ? name(file) : "", bytes);
        }
        boolean empty = !folder && left == limitBytes;
        return new Sighting(
                empty ? Sighting.State.EMPTY : Sighting.State.PRESENT,
                files,
                digest(files),
                empty ? "is empty" : null,
                recent);
    }

    private static byte @Nullable [] bounded(Path file, long limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 16));
            return bytes.length > limit ? null : bytes;
        }
    }

    private static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
                digest.update((byte) 0);
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
