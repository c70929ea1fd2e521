package io.patinox.memory.resource;

/// An `Error` of user code; without a stack, since it reaches handlers that print it.
final class Broken extends Error {
    private static final long serialVersionUID = 1L;

    Broken() {
        super("broken, as it should be", null, true, false);
    }
}
