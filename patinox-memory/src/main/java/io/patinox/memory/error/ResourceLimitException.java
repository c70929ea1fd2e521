package io.patinox.memory.error;

/// A limit on the resources of a type is reached, and no room came free.
public final class ResourceLimitException extends ResourceException {

    private static final long serialVersionUID = 1L;

    /// How many there may be at once.
    private final int maxCount;

    /// How many bytes they may have together.
    private final long maxBytes;

    /// Creates the exception.
    ///
    /// @param type the type of the resources
    /// @param maxCount how many there may be at once, 0 for any number
    /// @param maxBytes how many bytes they may have together, 0 for any number
    /// @param why what became of this one
    public ResourceLimitException(String type, int maxCount, long maxBytes, String why) {
        super(
                MemoryErrorCode.RESOURCE_LIMIT_REACHED,
                type,
                "no resource of type '"
                        + type
                        + "' beyond the limit of "
                        + bound(maxCount, maxBytes)
                        + ": "
                        + why,
                null);
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    private static String bound(int maxCount, long maxBytes) {
        if (maxCount == 0) {
            return maxBytes + " bytes";
        }
        return maxCount + (maxBytes == 0 ? " at once" : " at once and " + maxBytes + " bytes");
    }

    /// Returns how many there may be at once.
    ///
    /// @return the limit, 0 for any number
    public int maxCount() {
        return maxCount;
    }

    /// Returns how many bytes they may have together.
    ///
    /// @return the limit, 0 for any number
    public long maxBytes() {
        return maxBytes;
    }
}
