package io.patinox.memory.resource;

/// How many resources there are, and how large they are together.
///
/// @param count how many
/// @param bytes the sum of the sizes that are known, at most the largest `long`
public record ResourceTotal(long count, long bytes) {
    /// Nothing.
    static final ResourceTotal NONE = new ResourceTotal(0, 0);

    ResourceTotal plus(ResourceTotal other) {
        long sum = bytes + other.bytes;
        return new ResourceTotal(count + other.count, sum < 0 ? Long.MAX_VALUE : sum);
    }
}
