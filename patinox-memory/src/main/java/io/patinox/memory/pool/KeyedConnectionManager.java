package io.patinox.memory.pool;

/// What a keyed pool must know of the objects it pools: [ConnectionManager], with the key.
///
/// **Threads** and **failures** are as for [ConnectionManager]: for one object the methods are
/// never called by two threads at a time, `create` and `validate` run on virtual threads of the
/// pool and are interrupted when their time is over, and no method is called while the pool holds a
/// lock.
///
/// {@snippet file="io/patinox/memory/examples/KeyedPoolExamples.java" region="manager"}
///
/// @param <K> the type of the keys: immutable, with `equals` and `hashCode` that agree
/// @param <C> the type of the pooled objects
public interface KeyedConnectionManager<K, C> {

    /// Creates an object for a key.
    ///
    /// @param key the key
    /// @return the new object, never null
    /// @throws Exception when no object can be made now
    C create(K key) throws Exception;

    /// Tells whether an idle object is still good; as [ConnectionManager#validate].
    ///
    /// @param key the key
    /// @param connection the object
    /// @return true when it can be lent; false retires it
    /// @throws Exception counts as false, and is reported
    default boolean validate(K key, C connection) throws Exception {
        return true;
    }

    /// Brings an object back into the state in which the next borrower expects it; as
    /// [ConnectionManager#recycle].
    ///
    /// @param key the key
    /// @param connection the object
    /// @throws Exception retires the object, and is reported
    default void recycle(K key, C connection) throws Exception {}

    /// Destroys an object. Called exactly once for each object that `create` returned.
    ///
    /// @param key the key
    /// @param connection the object
    /// @throws Exception is counted and reported; the object is given up either way
    void destroy(K key, C connection) throws Exception;
}
