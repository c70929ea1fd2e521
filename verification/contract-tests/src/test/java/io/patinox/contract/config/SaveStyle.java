package io.patinox.contract.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;

/// How editors, scripts and tools save a file.
enum SaveStyle {
    TRUNCATE {
        @Override
        void save(Path file, String text) throws IOException {
            Files.writeString(file, text);
        }
    },
    CHUNKS {
        @Override
        void save(Path file, String text) throws IOException {
            try (FileChannel out =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                for (int at = 0; at < text.length(); at += 100) {
                    String chunk = text.substring(at, Math.min(text.length(), at + 100));
                    out.write(StandardCharsets.UTF_8.encode(chunk));
                    out.force(false);
                }
            }
        }
    },
    RENAME {
        @Override
        void save(Path file, String text) throws IOException {
            Path other = Files.writeString(file.resolveSibling("new.tmp"), text);
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        }
    },
    BACKUP_RENAME {
        @Override
        void save(Path file, String text) throws IOException {
            Files.move(file, file.resolveSibling("app~"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
            Files.delete(file.resolveSibling("app~"));
        }
    },
    DELETE_AND_CREATE {
        @Override
        void save(Path file, String text) throws IOException {
            Files.delete(file);
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        }
    },
    EMPTY_AND_APPEND {
        @Override
        void save(Path file, String text) throws IOException {
            Files.writeString(file, "");
            int half = text.length() / 2;
            Files.writeString(file, text.substring(0, half), StandardOpenOption.APPEND);
            Files.writeString(file, text.substring(half), StandardOpenOption.APPEND);
        }
    },
    OLD_TIME {
        @Override
        void save(Path file, String text) throws IOException {
            FileTime time = Files.getLastModifiedTime(file);
            Files.writeString(file, text);
            Files.setLastModifiedTime(file, time);
        }
    },
    PERMISSION_FLIP {
        @Override
        void save(Path file, String text) throws IOException {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    },
    TOUCH {
        @Override
        void save(Path file, String text) throws IOException {
            Files.writeString(file, text);
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        }
    },
    TWO_EDITORS {
        @Override
        void save(Path file, String text) throws IOException {
            Files.writeString(file, text.substring(text.length() / 2));
            RENAME.save(file, Settings.text(0));
            TRUNCATE.save(file, text);
        }
    };

    abstract void save(Path file, String text) throws IOException;
}
