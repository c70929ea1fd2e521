package io.patinox.memory.error;

/// A secret was revealed after it was destroyed.
public final class SecretDestroyedException extends ConfigException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    public SecretDestroyedException() {
        super(MemoryErrorCode.CONFIG_SECRET_DESTROYED, "the secret is gone", null);
    }
}
