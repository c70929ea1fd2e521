package io.patinox.memory.resource;

/// What happens to who wants another resource of a type whose limit is reached.
public enum WhenFull {
    /// He waits for room, in order, for the limit's timeout at most.
    WAIT,
    /// He is refused at once.
    FAIL,
    /// The oldest open resource of the type is cleaned up, and he waits for its room.
    EVICT_OLDEST
}
