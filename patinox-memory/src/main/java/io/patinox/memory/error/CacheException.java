package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A failure of a cache, of what it was given, or of a snapshot of it.
public abstract sealed class CacheException extends PatinoxException
        permits CacheClosedException,
                CacheRecursiveException,
                CacheReentrantException,
                CacheLoadException,
                CacheLoadTimeoutException,
                CacheInterruptedException,
                CacheSnapshotException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 3;

    /// The name of the cache.
    private final String cache;

    CacheException(ErrorCode code, String cache, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.cache = cache;
    }

    /// Returns the name of the cache.
    ///
    /// @return the name
    public final String cache() {
        return cache;
    }

    // one key, or the first few of a collection of keys
    static String text(Object key) {
        if (!(key instanceof Collection<?> keys)) {
            return Describe.value(key);
        }
        StringBuilder text = new StringBuilder();
        Iterator<?> rest = keys.iterator();
        for (int i = 0; i < SHOWN && rest.hasNext(); i++) {
            text.append(i == 0 ? "" : ", ").append(Describe.value(rest.next()));
        }
        return rest.hasNext() ? text + " and " + (keys.size() - SHOWN) + " more" : text.toString();
    }
}
