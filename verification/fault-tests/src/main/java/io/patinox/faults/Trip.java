package io.patinox.faults;

/// Something that happens once, when an access comes to some element; if it is set up.
final class Trip {
    private static final Runnable NOTHING = () -> {};

    private long at = -1;
    private Runnable action = NOTHING;

    /// Has something happen the next time.
    void set(long index, Runnable what) {
        at = index;
        action = what;
    }

    /// Called by accesses when they come to an element.
    void at(long index) {
        if (index == at) {
            at = -1;
            action.run();
        }
    }
}
