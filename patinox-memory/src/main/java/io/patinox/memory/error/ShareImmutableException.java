package io.patinox.memory.error;

/// A payload that was given as immutable was to be changed in place.
public final class ShareImmutableException extends ShareException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param data the name of the data
    /// @param call what was called, for example `mutate`
    public ShareImmutableException(String data, String call) {
        super(
                MemoryErrorCode.SHARE_IMMUTABLE,
                data,
                "'%s': %s needs a payload that can be copied".formatted(data, call),
                null);
    }
}
