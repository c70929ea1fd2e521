package io.patinox.memory.resource;

/// How many resources there are, and how large they are together.
///
/// @param count how many
/// @param bytes the sum of the sizes that are known
public record ResourceTotal(long count, long bytes) {
    /// Nothing.
    static final ResourceTotal NONE = new ResourceTotal(0, 0);

    ResourceTotal plus(ResourceTotal other) {
        return new ResourceTotal(count + other.count, bytes + other.bytes);
    }
}
