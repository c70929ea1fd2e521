package io.patinox.memory.mmap;

/// What the operating system is told about how a mapping will be used. Only advice that can't lose
/// data is offered.
public enum AccessAdvice {
    /// Nothing special: the default, and nearly always the best.
    NORMAL,
    /// From the first to the last: read ahead far, forget early.
    SEQUENTIAL,
    /// Here and there: read nothing ahead. It makes the first pass over cold data much slower.
    RANDOM,
    /// Soon: begin to read it now.
    WILL_NEED
}
