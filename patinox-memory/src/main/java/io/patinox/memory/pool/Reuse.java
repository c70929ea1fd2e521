package io.patinox.memory.pool;

/// Which of several idle objects a pool lends next. Those who wait are not touched by it: whoever
/// is first gets what comes back first.
public enum Reuse {
    /// Those that were used last, so that few are kept busy and the surplus goes idle and can be
    /// retired. Acquiring costs the same whatever the size of the pool.
    WARM,
    /// The one that has been idle for longest, so that all take turns: for a back end that spreads
    /// connections over several servers, and where idle connections are cut off. None goes idle for
    /// long, so an idle timeout retires nothing while there is traffic. Each acquire looks at every
    /// object, so it is meant for pools of up to some hundred.
    ROTATE
}
