package io.patinox.memory.share;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// One version of a value, which handles point to. See [SharedData] for how it is used.
final class Cell<T> {
    private static final int UNSHARED = 0;
    private static final int CLAIMED = 1;
    private static final int SHARED = 2;

    private static final VarHandle STATE = handle("state");
    private static final VarHandle HANDLES = handle("handles");

    private final Lineage<T> lineage;
    private final T payload;
    private final T view;
    private final long version;

    private volatile int state;
    // counted handles only; the others never change it
    private volatile int handles = 1;

    Cell(Lineage<T> lineage, T payload, T view, long version) {
        this.lineage = lineage;
        this.payload = payload;
        this.view = view;
        this.version = version;
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(Cell.class, field, int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    Lineage<T> lineage() {
        return lineage;
    }

    T payload() {
        return payload;
    }

    T view() {
        return view;
    }

    long version() {
        return version;
    }

    boolean isShared() {
        return state == SHARED;
    }

    boolean isExclusive() {
        return state == UNSHARED && handles == 1;
    }

    int handles() {
        return handles;
    }

    /// Marks the cell as shared, for ever.
    ///
    /// @return false if an update has claimed it, which has to be waited for
    boolean share() {
        if (state == SHARED) {
            return true;
        }
        if (STATE.compareAndSet(this, UNSHARED, SHARED)) {
            lineage.shares.incrementAndGet();
            return true;
        }
        return state == SHARED;
    }

    /// Claims the cell for an update that nobody else may see half done.
    ///
    /// @return false if it is shared
    boolean claim() {
        return handles == 1 && STATE.compareAndSet(this, UNSHARED, CLAIMED);
    }

    /// Gives up a claim under which nothing was changed.
    void unclaim() {
        STATE.compareAndSet(this, CLAIMED, UNSHARED);
    }

    void addHandle() {
        HANDLES.getAndAdd(this, 1);
        lineage.shares.incrementAndGet();
    }

    void removeHandle() {
        HANDLES.getAndAdd(this, -1);
    }
}
