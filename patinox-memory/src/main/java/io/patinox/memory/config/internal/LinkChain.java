package io.patinox.memory.config.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The folders in which something can happen that changes what a path leads to.
///
/// A path is walked name by name, as the system does it. Wherever a name is a link, the folder that
/// holds the link counts, since the link can be replaced there; then the walk goes on with the
/// link's target. This is how Kubernetes publishes a new version: `app.yaml` leads to
/// `..data/app.yaml`, `..data` leads to a folder with a date, and only the link `..data` is
/// replaced. At the end the folder of the file counts, or the nearest one that exists.
final class LinkChain {
    /// As many links as Linux follows.
    private static final int LINKS = 40;

    private final Set<Path> folders = new LinkedHashSet<>();
    private final Deque<Path> names = new ArrayDeque<>();
    private Path at;
    private int links;

    private LinkChain(Path start) {
        Path absolute = start.toAbsolutePath();
        at = root(absolute);
        absolute.forEach(names::addLast);
    }

    private static Path root(Path absolute) {
        Path root = absolute.getRoot();
        return root == null ? absolute : root;
    }

    /// Returns the folders to watch for a path, which need not exist.
    static Set<Path> folders(Path path) {
        LinkChain chain = new LinkChain(path);
        while (chain.walk()) {
            // each step takes a name, or replaces it by those of a link
        }
        return chain.folders;
    }

    private boolean walk() {
        Path name = names.pollFirst();
        if (name == null) {
            return false;
        }
        String text = name.toString();
        if (text.isEmpty() || text.equals(".")) {
            return true;
        }
        if (text.equals("..")) {
            Path parent = at.getParent();
            at = parent == null ? at : parent;
            return true;
        }
        Path next = at.resolve(name);
        BasicFileAttributes found = attributes(next);
        if (found == null) {
            folders.add(at);
            return false;
        }
        if (found.isSymbolicLink()) {
            folders.add(at);
            return ++links <= LINKS && follow(next);
        }
        if (names.isEmpty()) {
            folders.add(at);
            if (found.isDirectory()) {
                folders.add(next);
            }
        }
        at = next;
        return true;
    }

    private boolean follow(Path link) {
        try {
            Path target = Files.readSymbolicLink(link);
            Deque<Path> inner = new ArrayDeque<>();
            target.forEach(inner::addFirst);
            inner.forEach(names::addFirst);
            if (target.isAbsolute()) {
                at = root(target);
            }
            return true;
        } catch (IOException gone) {
            // it was replaced just now: the folder that holds it is watched
            return false;
        }
    }

    private static @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | SecurityException none) {
            return null;
        }
    }
}
