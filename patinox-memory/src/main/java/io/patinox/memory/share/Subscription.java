package io.patinox.memory.share;

/// Somebody who is told of changes, until it is closed.
///
/// Not to be implemented outside the library; methods may be added.
public interface Subscription extends AutoCloseable {

    /// Ends the subscription. No call of the subscriber begins after it; one that is running in
    /// another thread is not waited for. May be called from within the subscriber. Idempotent.
    @Override
    void close();

    /// {@return whether it was closed, by its owner or together with the data}
    boolean isClosed();
}
