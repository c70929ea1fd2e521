package io.patinox.memory.config;

/// A part of the program that must agree before a configuration changes.
///
/// {@snippet file="io/patinox/memory/examples/ConfigExamples.java" region="participant"}
///
/// All participants prepare, one after the other in the order in which they were added. When all
/// have agreed, the new version becomes current and each one's change is committed. When one
/// throws, or takes longer than [LiveConfigBuilder#callTimeout(java.time.Duration)], the changes of
/// those before it are rolled back, in reverse order, and the old version stays.
///
/// Called by one thread at a time, not always the same. It may read the configuration, which is the
/// old one while it prepares, but asking it to change from here is refused.
///
/// @param <T> the type of the configuration
@FunctionalInterface
public interface ConfigParticipant<T> {

    /// Gets ready for a change, without letting anybody see it.
    ///
    /// @param old the value that is current
    /// @param next the value that would be
    /// @return the change, which is committed or rolled back
    /// @throws Exception to refuse; its message is shown to people
    Prepared prepare(T old, T next) throws Exception;

    /// A change that a participant is ready for. Either method is called at most once, and only one
    /// of them.
    @FunctionalInterface
    interface Prepared {

        /// Makes the change; the new version is current already. It can't be refused any more: what
        /// this throws is reported, and changes nothing.
        ///
        /// @throws Exception what went wrong
        void commit() throws Exception;

        /// Forgets the change. By default there is nothing to forget.
        ///
        /// @throws Exception what went wrong; it is reported
        default void rollback() throws Exception {}
    }
}
