package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.RetireReason;

/// What limits a pool beside its own size: nothing, or the total limit that it shares with the
/// other keys of a keyed pool.
interface Allowance {

    /// No other limit.
    Allowance UNLIMITED =
            new Allowance() {
                @Override
                public boolean take(boolean forWaiter) {
                    return true;
                }

                @Override
                public void seekRoom() {}

                @Override
                public void created() {}

                @Override
                public void failed() {}

                @Override
                public void leaving(RetireReason reason) {}

                @Override
                public void left() {}

                @Override
                public boolean yields() {
                    return false;
                }

                @Override
                public void offered() {}
            };

    /// Asks for room for one attempt to create an object. Called under the population's lock.
    ///
    /// @param forWaiter whether somebody waits for the object: only then does the pool stand in
    ///   line for room when there is none
    /// @return whether the attempt may begin
    boolean take(boolean forWaiter);

    /// Called without a lock after room was refused: sees to it that it comes.
    void seekRoom();

    /// The attempt brought an object, which has arrived.
    void created();

    /// The attempt is over and brought nothing.
    void failed();

    /// An object is about to be destroyed.
    void leaving(RetireReason reason);

    /// An object that was leaving is gone.
    void left();

    /// Asks whether an object that has come back is to make room for another key. If so, the caller
    /// must retire it, as `MOVED`.
    boolean yields();

    /// An object came back and was put; it may be idle now.
    void offered();
}
