package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupOutcome;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One resource, its cleanup and its state: what a guard is a thin handle to.
///
/// @param <T> the type of the resource
public final class Tracked<T> extends PhantomReference<Object> {
    /*
     * The state machine. Every arrow is one compare-and-set of `state`.
     *
     *             queueUp            claim                    settle
     *     OPEN -----------> QUEUED ---------> CLEANING ---------------> CLEANED
     *      | \     unqueue  /  |                  ^  \----------------> FAILED
     *      |  <------------    |                  |   \---------------> ABANDONED
     *      |   \---------------+---- claim -------+                         ^
     *      |                   |                                            |
     *      |                   +----------------- abandonUnstarted ---------+  (also from OPEN)
     *      +--- detach ---> DETACHED
     *
     *  1. Exactly one cleanup: it is run by whoever moved the state to CLEANING, and no arrow leads
     *     back from there to OPEN, nor to CLEANING twice, except `unclaim` of a claimant that could
     *     not even start a thread.
     *  2. One outcome: the four final states have no arrow out. A cleanup that returns after it was
     *     abandoned loses the race and changes nothing but a counter.
     *  3. Arrows into a final state are taken under the lock of the stripe that lists the resource,
     *     together with taking it off that list and counting it: who has seen an outcome and then
     *     asks for the balance finds it counted.
     *  4. Nobody waits in vain: the settling thread writes the state, then reads `note`; a waiter
     *     installs its Completion in `note`, then reads the state. Both are volatile, so at least
     *     one of the two sees the other's write and wakes the waiter.
     *
     * The object is its own phantom reference and its own list node: one allocation besides the
     * handle. It never refers to the handle other than as the referent, and the registry's list
     * holds it strongly, so the handle is enqueued when its users have lost it. `note` is one field
     * for things that are never needed together: nothing, the thread inside the cleanup, what the
     * cleanup threw, or a Completion that holds all three.
     */
    static final byte OPEN = 0;
    static final byte QUEUED = 1;
    static final byte CLEANING = 2;
    static final byte CLEANED = 3;
    static final byte FAILED = 4;
    static final byte ABANDONED = 5;
    static final byte DETACHED = 6;

    /// A list node that marks the place of a walk, and is no resource.
    static final byte CURSOR = 7;

    private static final VarHandle STATE = handle("state", byte.class);
    private static final VarHandle NOTE = handle("note", Object.class);

    final ResourceSpec spec;
    final String ownerThread;

    /// Links and home of the list, guarded by the lock of the stripe.
    @Nullable Tracked<?> previous;

    @Nullable Tracked<?> next;
    byte stripe;

    private @Nullable T resource;
    private @Nullable Cleanup<? super T> cleanup;
    private volatile @Nullable Object note;
    private long acquiredNanos;
    private volatile byte state;
    private int abandonedAfterMillis;

    Tracked(
            Object handle,
            ReferenceQueue<Object> queue,
            ResourceSpec spec,
            Cleanup<? super T> cleanup,
            String ownerThread) {
        super(handle, queue);
        this.spec = spec;
        this.cleanup = cleanup;
        this.ownerThread = ownerThread;
    }

    /// A cursor: see [Stripe#walk].
    Tracked(ResourceSpec spec) {
        super(spec, null);
        this.spec = spec;
        this.ownerThread = "";
        this.state = CURSOR;
    }

    private static VarHandle handle(String field, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), field, VarHandle.class, Tracked.class, type);
    }

    /// Fills in what came to be after this object did. Before the resource is listed.
    void hold(T acquired) {
        resource = acquired;
    }

    void acquiredAt(long nanos) {
        acquiredNanos = nanos;
    }

    /// {@return when it was acquired, by the ticker}
    public long acquiredNanos() {
        return acquiredNanos;
    }

    /// Notes the deadline that was missed. Before [#moveTo], and only by the watchdog.
    void abandonedAfter(long deadlineNanos) {
        abandonedAfterMillis =
                (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(deadlineNanos, 1_000_000L));
    }

    int abandonedAfterMillis() {
        return abandonedAfterMillis;
    }

    byte state() {
        return state;
    }

    /// {@return whether the resource can be used}
    public boolean isOpen() {
        return state == OPEN;
    }

    boolean isFinal() {
        byte s = state;
        return s >= CLEANED && s <= DETACHED;
    }

    /// {@return the final outcome, or null while there is none}
    @Nullable CleanupOutcome outcome() {
        return switch (state) {
            case CLEANED -> CleanupOutcome.CLEANED;
            case FAILED -> CleanupOutcome.FAILED;
            case ABANDONED -> CleanupOutcome.ABANDONED;
            case DETACHED -> CleanupOutcome.DETACHED;
            default -> null;
        };
    }

    /// {@return the resource if it can be used, or null}
    public @Nullable T openResource() {
        // a racing close empties the field at any time: one read, checked for null by the caller
        T held = resource;
        return state == OPEN ? held : null;
    }

    /// {@return what is known of it besides}
    public ResourceSpec spec() {
        return spec;
    }

    /// {@return the name of the thread that acquired it}
    public String ownerThread() {
        return ownerThread;
    }

    /// {@return its type}
    public String type() {
        return spec.type();
    }

    /// {@return its name, or one made up from its type}
    public String name() {
        String name = spec.name();
        return name != null
                ? name
                : spec.type() + "@" + Integer.toHexString(System.identityHashCode(this));
    }

    /// {@return the registry it belongs to}
    public RegistryCore core() {
        return spec.core();
    }

    // transitions

    boolean queueUp() {
        return STATE.compareAndSet(this, OPEN, QUEUED);
    }

    boolean unqueue() {
        return STATE.compareAndSet(this, QUEUED, OPEN);
    }

    /// Takes on the duty to run the cleanup, from wherever it is still untaken.
    boolean claim(Thread runner) {
        // a submission that fails goes back from QUEUED to OPEN, so one look at each is not enough
        for (byte seen = state; seen == OPEN || seen == QUEUED; seen = state) {
            if (STATE.compareAndSet(this, seen, CLEANING)) {
                running(runner);
                return true;
            }
        }
        return false;
    }

    boolean claimQueued() {
        return STATE.compareAndSet(this, QUEUED, CLEANING);
    }

    /// Gives a claim back, for a runner that could not start.
    void unclaim() {
        state = QUEUED;
    }

    /// Goes to a final state. Only under the lock of the stripe.
    boolean moveTo(byte end) {
        return end == DETACHED
                ? STATE.compareAndSet(this, OPEN, end)
                : STATE.compareAndSet(this, CLEANING, end);
    }

    /// Gives up before the cleanup was begun. Only under the lock of the stripe.
    boolean moveUnstartedToAbandoned() {
        for (byte seen = state; seen == OPEN || seen == QUEUED; seen = state) {
            if (STATE.compareAndSet(this, seen, ABANDONED)) {
                return true;
            }
        }
        return false;
    }

    /// Runs the cleanup. Only by who claimed it.
    void clean() throws Exception {
        T held = resource;
        Cleanup<? super T> action = cleanup;
        if (held == null || action == null) {
            throw new IllegalStateException("claimed without a resource: " + name());
        }
        action.clean(held);
    }

    /// Lets go of the resource, so that a closed guard retains nothing but itself.
    void release() {
        resource = null;
        cleanup = null;
    }

    // the note

    /// Notes which thread is inside the cleanup.
    void running(Thread runner) {
        if (!NOTE.compareAndSet(this, null, runner) && note instanceof Completion waiting) {
            waiting.runner(runner);
        }
    }

    /// {@return the thread inside the cleanup, or null}
    @Nullable Thread runner() {
        Object seen = note;
        if (seen instanceof Completion waiting) {
            return waiting.runner();
        }
        return seen instanceof Thread thread ? thread : null;
    }

    /// Notes what the cleanup threw. Before [#moveTo], and without an allocation that could fail.
    void failedBy(Throwable thrown) {
        Object seen = note;
        if (seen instanceof Completion || !NOTE.compareAndSet(this, seen, thrown)) {
            // nothing but a Completion can have come in between
            completion().failure(thrown);
        }
    }

    /// {@return what the cleanup threw, or null}
    @Nullable Throwable failure() {
        Object seen = note;
        if (seen instanceof Completion waiting) {
            return waiting.failure();
        }
        return seen instanceof Throwable thrown ? thrown : null;
    }

    private Completion completion() {
        while (true) {
            Object seen = note;
            if (seen instanceof Completion waiting) {
                return waiting;
            }
            Completion fresh = new Completion();
            if (seen instanceof Thread thread) {
                fresh.runner(thread);
            } else if (seen instanceof Throwable thrown) {
                fresh.failure(thrown);
            }
            if (NOTE.compareAndSet(this, seen, fresh)) {
                return fresh;
            }
        }
    }

    /// {@return where to wait for the outcome}
    Completion waiting() {
        Completion completion = completion();
        CleanupOutcome outcome = outcome();
        if (outcome != null) {
            completion.complete(outcome);
        }
        return completion;
    }

    /// Wakes those who wait. After the final state was reached.
    void wake() {
        Object seen = note;
        if (seen instanceof Thread && NOTE.compareAndSet(this, seen, null)) {
            return;
        }
        CleanupOutcome outcome = outcome();
        if (note instanceof Completion waiting && outcome != null) {
            waiting.complete(outcome);
        }
    }

    /// {@return a future of the outcome, the caller's own}
    CompletableFuture<CleanupOutcome> future() {
        return waiting().future();
    }
}
