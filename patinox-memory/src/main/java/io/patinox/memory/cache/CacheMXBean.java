package io.patinox.memory.cache;

/// A cache as JMX shows it: see [CacheBuilder#jmx(boolean)]. Attributes have the meaning of those
/// of [CacheStatistics].
public interface CacheMXBean {

    /// Returns how many reads found a value.
    ///
    /// @return from 0
    long getHits();

    /// Returns how many did not.
    ///
    /// @return from 0
    long getMisses();

    /// Returns which part of the reads found a value.
    ///
    /// @return from 0 to 1
    double getHitRatio();

    /// Returns how many entries the cache gave up by itself.
    ///
    /// @return from 0
    long getEvictions();

    /// Returns how many entries there are.
    ///
    /// @return from 0
    long getEntries();

    /// Returns how many there may be.
    ///
    /// @return from 1, or 0 for any number
    long getMaxEntries();

    /// Changes how many there may be; what is too much is evicted at once.
    ///
    /// @param maxEntries from 1
    void setMaxEntries(long maxEntries);

    /// Returns the health.
    ///
    /// @return its status with the reasons
    String getHealth();

    /// Removes everything.
    void invalidateAll();
}
