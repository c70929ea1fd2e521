package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingClosedException;
import org.jspecify.annotations.Nullable;

/// The time in which the slices and views of one body may be used.
///
/// Slices, columns and views call [#check()] before every access to memory. It is a plain read,
/// which compilers take out of loops: whoever uses a slice on another thread after its body ended
/// may miss it, and then meets the scope of the memory itself.
public final class Body {
    private final String file;
    private final @Nullable BlockMarks marks;
    private boolean ended;

    /// Begins a body.
    ///
    /// @param file what errors call the file
    /// @param marks notes which blocks are written to, or null if nobody wants to know
    public Body(String file, @Nullable BlockMarks marks) {
        this.file = file;
        this.marks = marks;
    }

    /// Returns what errors call the file.
    ///
    /// @return the file
    public String file() {
        return file;
    }

    /// Returns what notes writes.
    ///
    /// @return the marks, or null
    public @Nullable BlockMarks marks() {
        return marks;
    }

    /// Checks that the body still runs.
    public void check() {
        if (ended) {
            throw over();
        }
    }

    private MappingClosedException over() {
        return new MappingClosedException(file, "a slice or view");
    }

    /// Ends the body.
    public void end() {
        ended = true;
    }
}
