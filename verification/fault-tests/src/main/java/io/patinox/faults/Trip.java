package io.patinox.faults;

import org.jspecify.annotations.Nullable;

/// Something that happens once, when an access comes to some element; if it is set up.
final class Trip {
    private long at = -1;
    private @Nullable Runnable action;

    /// Has something happen the next time.
    void set(long index, Runnable what) {
        at = index;
        action = what;
    }

    /// Called by accesses when they come to an element.
    void at(long index) {
        Runnable due = action;
        if (index == at && due != null) {
            at = -1;
            due.run();
        }
    }
}
