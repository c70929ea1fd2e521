package io.patinox.memory.pool;

import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.resource.CheckedFunction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A pool of objects of many kinds, each kind under a key: an address, a tenant, a database. There
/// is a limit for each key, and one for all together.
///
/// {@snippet file="io/patinox/memory/examples/KeyedPoolExamples.java" region="borrow"}
///
/// **Order.** Within a key it is that of a [Pool]: strictly first in, first out. Between keys: when
/// the total limit is reached, keys that have nobody waiting give up an idle object, the least
/// recently used key first; and keys whose objects are all in use take turns. Of the objects that
/// come back while a key that has none is next in line for room, at most
/// [KeyedPoolBuilder#keyPasses(int)] go to others who wait, then one makes room for it. A key that
/// has objects and wants more gets one only from a key that has at least two more than it.
///
/// **Limits.** An object counts until its destroy has ended, so the manager never sees more than
/// the limit. Only an attempt to create that was given up at its deadline doesn't count, nor what
/// it still brings, which is destroyed at once.
///
/// **Failures** are those of a [Pool], and stay within their key: attempts to create, pauses after
/// failures and timeouts are counted for each key. Keys whose last attempt failed may have, all
/// together, a quarter of the attempts that are under way.
///
/// **Threads.** Every method may be called by any thread. A keyed pool has one daemon thread,
/// however many keys there are. `equals` and `hashCode` of keys are called by the threads that use
/// them, never under a lock; what they throw reaches the caller.
///
/// **Lifecycle.** A key comes into being when it is first used, and is forgotten when it has no
/// object and nobody waits for one, or when it was idle for
/// [KeyedPoolBuilder#idleKeyTimeout(Duration)]. Whoever uses it again finds it as new.
///
/// **Memory effects** are those of a [Pool].
///
/// Not to be implemented outside the library; methods may be added.
///
/// @param <K> the type of the keys: immutable, with `equals` and `hashCode` that agree
/// @param <C> the type of the pooled objects
public interface KeyedPool<K, C> extends MetricsSource, AutoCloseable {

    /// Begins to build a keyed pool.
    ///
    /// @param manager creates, validates, recycles and destroys the objects of all keys
    /// @param <K> the type of the keys
    /// @param <C> the type of the pooled objects
    /// @return a builder with every option at its default
    static <K, C> KeyedPoolBuilder<K, C> builder(KeyedConnectionManager<K, C> manager) {
        return new KeyedPoolBuilder<>(manager);
    }

    /// Acquires an object of a key, as [Pool#acquire()].
    ///
    /// @param key the key
    /// @return the lease
    PooledConnection<C> acquire(K key);

    /// Acquires an object of a key, as [Pool#acquire(Duration)].
    ///
    /// @param key the key
    /// @param timeout how long to wait, from zero to 365 days
    /// @return the lease
    PooledConnection<C> acquire(K key, Duration timeout);

    /// Acquires an object of a key if one is idle and nobody waits, as [Pool#tryAcquire()]. When
    /// there is none and the total limit is reached, an idle object of another key makes room for a
    /// later call.
    ///
    /// @param key the key
    /// @return the lease, or empty
    Optional<PooledConnection<C>> tryAcquire(K key);

    /// Acquires an object of a key without blocking, as [Pool#acquireAsync()].
    ///
    /// @param key the key
    /// @return a future of the lease; cancelling it leaves the queue
    CompletableFuture<PooledConnection<C>> acquireAsync(K key);

    /// Acquires an object of a key without blocking, as [Pool#acquireAsync(Duration)].
    ///
    /// @param key the key
    /// @param timeout how long to wait, from zero to 365 days
    /// @return a future of the lease; cancelling it leaves the queue
    CompletableFuture<PooledConnection<C>> acquireAsync(K key, Duration timeout);

    /// Acquires an object of a key, applies the function, and releases the object whatever happens.
    ///
    /// @param key the key
    /// @param function what to do with the object
    /// @param <R> the type of the result
    /// @param <X> what the function may throw
    /// @return the function's result
    /// @throws X what the function throws
    <R extends @org.jspecify.annotations.Nullable Object, X extends Exception> R use(
            K key, CheckedFunction<? super C, ? extends R, X> function) throws X;

    /// {@return how many objects of all keys are lent, being validated or being recycled}
    int inUse();

    /// {@return how many objects of the key are lent, being validated or being recycled}
    ///
    /// @param key the key
    int inUse(K key);

    /// {@return how many objects of all keys are idle}
    int idle();

    /// {@return how many objects of the key are idle}
    ///
    /// @param key the key
    int idle(K key);

    /// {@return how many borrowers are queued, for all keys}
    int waiting();

    /// {@return how many borrowers are queued for the key}
    ///
    /// @param key the key
    int waiting(K key);

    /// {@return how many creations are under way, for all keys}
    int creating();

    /// {@return how many objects of all keys there are, idle and in use}
    int size();

    /// {@return how many objects of the key there are, idle and in use}
    ///
    /// @param key the key
    int size(K key);

    /// {@return how many objects there may be, of all keys together}
    int maxTotal();

    /// {@return the keys known now: those that have objects, or somebody who waits}
    Set<K> keys();

    /// {@return the keys with the most borrowers queued, then with the most objects in use}
    ///
    /// @param count how many keys, from 1 to 10,000
    List<KeyLoad<K>> busiest(int count);

    /// Makes the objects of a key stale, as [Pool#softEvictAll()]: idle ones are retired at once,
    /// those in use when they come back.
    ///
    /// @param key the key
    /// @return what was found; nothing when the key is unknown
    PoolEviction softEvict(K key);

    /// Makes the objects of all keys stale, as [#softEvict(Object)].
    ///
    /// @return what was found, for all keys together
    PoolEviction softEvictAll();

    /// {@return whether the pool is closed or closing}
    boolean isClosed();

    /// Closes the pool as [#close(Duration)] does, with the time set by
    /// [PoolBuilder#closeTimeout(Duration)] for each key.
    @Override
    void close();

    /// Closes the pool with all its keys, as [Pool#close(Duration)].
    ///
    /// @param timeout how long to wait for leases and for cleanups, from zero to 365 days
    /// @return what it came to, for all keys together
    PoolCloseReport close(Duration timeout);
}
