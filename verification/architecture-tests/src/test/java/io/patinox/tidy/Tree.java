package io.patinox.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files that a commit would hold: their sizes, and the text of those that are text.
record Tree(List<TextFile> texts, Map<String, Long> sizes) {

    /// A tree made up for a test, from path and text in turns.
    static Tree of(String... pathsAndTexts) {
        var texts = new ArrayList<TextFile>();
        var sizes = new TreeMap<String, Long>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            texts.add(new TextFile(pathsAndTexts[i], pathsAndTexts[i + 1]));
            sizes.put(pathsAndTexts[i], (long) pathsAndTexts[i + 1].length());
        }
        return new Tree(texts, sizes);
    }

    /// The tree this test is part of.
    static Tree ofThisProject() {
        try {
            return load(root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a path names a file or a folder of the tree.
    boolean has(String path) {
        return sizes.containsKey(path)
                || sizes.keySet().stream().anyMatch(p -> p.startsWith(path + "/"));
    }

    TextFile text(String path) {
        return texts.stream()
                .filter(f -> f.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no text file " + path));
    }

    boolean hasText(String path) {
        return texts.stream().anyMatch(f -> f.path().equals(path));
    }

    Stream<TextFile> java() {
        return texts.stream().filter(TextFile::isJava);
    }

    Stream<TextFile> markdown() {
        return texts.stream().filter(TextFile::isMarkdown);
    }

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static Tree load(Path root) throws IOException {
        var texts = new ArrayList<TextFile>();
        var sizes = new TreeMap<String, Long>();
        for (String path : paths(root)) {
            byte[] bytes = Files.readAllBytes(root.resolve(path));
            sizes.put(path, (long) bytes.length);
            if (!contains(bytes, (byte) 0)) {
                texts.add(new TextFile(path, new String(bytes, StandardCharsets.UTF_8)));
            }
        }
        return new Tree(List.copyOf(texts), sizes);
    }

    private static boolean contains(byte[] bytes, byte wanted) {
        for (byte b : bytes) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }

    /// What git tracks or would track; in a source archive, where git knows nothing, all there is.
    private static List<String> paths(Path root) throws IOException {
        List<String> tracked = git(root);
        if (!tracked.isEmpty()) {
            return tracked;
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> !("/" + path).contains("/target/") && !path.startsWith(".git/"))
                    .toList();
        }
    }

    private static List<String> git(Path root) throws IOException {
        var command = List.of("git", "ls-files", "-z", "-c", "-o", "--exclude-standard");
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(root.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException gitIsMissing) {
            return List.of();
        }
        String output;
        try (var stdout = process.getInputStream()) {
            output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
        }
        return Arrays.stream(output.split("\0"))
                .filter(path -> !path.isEmpty() && Files.isRegularFile(root.resolve(path)))
                .distinct()
                .toList();
    }
}
