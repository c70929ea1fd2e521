package io.patinox.memory.error;

import java.util.List;
import java.util.stream.Collectors;

/// A function or loader of a cache waits for itself: it asks for its own key, or functions of
/// several keys wait for each other in a circle.
///
/// The call that would have closed the circle was refused; nothing was cached for it.
public final class CacheRecursiveException extends CacheException {

    private static final long serialVersionUID = 1L;

    /// The key that was asked for, as text.
    private final String key;

    /// The keys of the circle, as text.
    @SuppressWarnings("serial") // toList gives one that is serializable
    private final List<String> chain;

    /// Creates the exception.
    ///
    /// @param cache the name of the cache
    /// @param chain the keys of the circle, not empty: the function of each waits for the next, and
    ///   the last is the first again
    public CacheRecursiveException(String cache, List<?> chain) {
        super(
                MemoryErrorCode.CACHE_RECURSIVE,
                cache,
                "cache '%s': the function of each key would wait for the next: %s"
                        .formatted(
                                cache,
                                chain.stream()
                                        .map(CacheException::text)
                                        .collect(Collectors.joining(" -> "))),
                null);
        this.chain = List.copyOf(chain.stream().map(CacheException::text).toList());
        this.key = this.chain.getLast();
    }

    /// Returns the key that was asked for.
    ///
    /// @return the key as text
    public String key() {
        return key;
    }

    /// Returns the circle: the function of each key waits for the next.
    ///
    /// @return the keys as text; the last is the first again
    public List<String> chain() {
        return chain;
    }
}
