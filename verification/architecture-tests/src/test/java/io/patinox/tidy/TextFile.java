package io.patinox.tidy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One text file of the tree, by its path from the root.
final class TextFile {

    private final String path;
    private final String text;
    private @Nullable JavaSource source;

    TextFile(String path, String text) {
        this.path = path;
        this.text = text;
    }

    String path() {
        return path;
    }

    String text() {
        return text;
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /// What the compiler reads in a Java file, read once.
    JavaSource source() {
        JavaSource read = source;
        if (read == null) {
            read = JavaSource.of(this);
            source = read;
        }
        return read;
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isMarkdown() {
        return path.endsWith(".md");
    }

    /// Whether this is production code.
    boolean isMain() {
        return isJava() && path.contains("src/main/java/");
    }

    /// Whether this is Java code that runs only in tests.
    boolean isTest() {
        return isJava() && !isMain();
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String folder() {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }

    /// The folder of the Maven module that a source file belongs to.
    String module() {
        return path.contains("/src/") ? path.substring(0, path.indexOf("/src/")) : "";
    }

    /// A violation at a line of this file.
    String at(long line, String what) {
        return path + ":" + line + " " + what;
    }
}
