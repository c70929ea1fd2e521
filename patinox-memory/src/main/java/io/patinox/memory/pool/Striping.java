package io.patinox.memory.pool;

/// How a pool notes which of its objects are idle: see [PoolBuilder#striping(Striping)]. Order,
/// limits and results are the same in all.
public enum Striping {
    /// Striped for pools of 2 to 10,000 objects where there is more than one processor, else
    /// packed.
    AUTOMATIC,

    /// One bit an object, 40 objects a word, which all threads write. Takes 8 bytes for each 40
    /// objects. As fast as the other for one thread at a time; many slow each other down.
    PACKED,

    /// A word an object, each on cache lines of its own, and a hint for each thread where to look
    /// first. Takes 128 bytes an object. Threads that need not wait don't meet.
    STRIPED
}
