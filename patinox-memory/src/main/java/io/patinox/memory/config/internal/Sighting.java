package io.patinox.memory.config.internal;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was found at a path: one file, the files of a folder, nothing, or a problem.
///
/// @param state what was found
/// @param files the content by name: one without a name for a file, several for a folder
/// @param digest of state and content: equal digests mean equal content
/// @param problem what is wrong, for people, if something is
/// @param recent whether it changed so shortly before that its stamp can't be trusted
public record Sighting(
        State state,
        Map<String, byte[]> files,
        String digest,
        @Nullable String problem,
        boolean recent) {

    /// What was found.
    public enum State {
        /// Content.
        PRESENT,
        /// A file of no length.
        EMPTY,
        /// Nothing.
        ABSENT,
        /// Something that can't be read.
        BROKEN
    }

    /// Copies nothing: content is not changed after it was read.
    public Sighting {
        Objects.requireNonNull(state);
        Objects.requireNonNull(digest);
    }

    /// {@return the content of a single file}
    public byte[] bytes() {
        byte[] bytes = files.get("");
        return bytes == null ? new byte[0] : bytes;
    }

    boolean sameAs(@Nullable Sighting other) {
        return other != null && digest.equals(other.digest);
    }

    static Sighting of(State state, String problem) {
        return new Sighting(state, Map.of(), state + ":" + problem, problem, false);
    }
}
