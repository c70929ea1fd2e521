package io.patinox.memory.config.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// What the file system says about a path at one moment, without reading the content.
///
/// Equal stamps make it likely that the content is the same, and prove nothing: the clock of a file
/// system ticks every few milliseconds, and times can be set. So a stamp that is
/// [recent][#isRecent] is not trusted, and from time to time none is.
///
/// @param kind what is there
/// @param real where the links lead to
/// @param key the file's identity, such as device and inode
/// @param size its length in bytes
/// @param modified when its content changed
/// @param changed when its content or its attributes changed, where the file system knows
/// @param failure why it can't be read, for people
record FileStamp(
        Kind kind,
        @Nullable Path real,
        @Nullable Object key,
        long size,
        @Nullable FileTime modified,
        @Nullable FileTime changed,
        @Nullable String failure) {

    /// The coarsest tick of a file system in use, FAT's, and some more.
    static final long RECENT_MILLIS = 3_000;

    enum Kind {
        /// A regular file.
        FILE,
        /// A directory.
        FOLDER,
        /// Nothing.
        ABSENT,
        /// A device, a pipe, a loop of links, something without permission.
        UNREADABLE
    }

    static FileStamp of(Path path) {
        try {
            BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class);
            Kind kind =
                    basic.isRegularFile()
                            ? Kind.FILE
                            : basic.isDirectory() ? Kind.FOLDER : Kind.UNREADABLE;
            return new FileStamp(
                    kind,
                    path.toRealPath(),
                    basic.fileKey(),
                    basic.size(),
                    basic.lastModifiedTime(),
                    changed(path),
                    kind == Kind.UNREADABLE ? "is neither a file nor a folder" : null);
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return nothing(Kind.ABSENT, null);
        } catch (IOException | SecurityException unreadable) {
            return failed(unreadable);
        }
    }

    private static FileStamp failed(Exception unreadable) {
        String why = unreadable.getClass().getSimpleName();
        if (unreadable instanceof FileSystemException e && e.getReason() != null) {
            // a file below a file: the same as nothing
            if (e.getReason().contains("Not a directory")) {
                return nothing(Kind.ABSENT, null);
            }
            why = e.getReason();
        }
        return nothing(Kind.UNREADABLE, "can't be read: " + why);
    }

    private static FileStamp nothing(Kind kind, @Nullable String failure) {
        return new FileStamp(kind, null, null, 0, null, null, failure);
    }

    private static @Nullable FileTime changed(Path path) throws IOException {
        try {
            return (FileTime) Files.getAttribute(path, "unix:ctime");
        } catch (UnsupportedOperationException | IllegalArgumentException noSuchView) {
            return null;
        }
    }

    boolean isFile() {
        return kind == Kind.FILE;
    }

    /// Tells whether the file changed so shortly before a moment that a further change may have
    /// left the same stamp, or whether its times lie in the future.
    boolean isRecent(long nowMillis, long windowMillis) {
        return isRecent(modified, nowMillis, windowMillis)
                || isRecent(changed, nowMillis, windowMillis);
    }

    private static boolean isRecent(@Nullable FileTime time, long nowMillis, long windowMillis) {
        return time != null && nowMillis - time.toMillis() < windowMillis;
    }
}
