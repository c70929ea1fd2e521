package io.patinox.memory.resource.internal;

import io.patinox.memory.resource.Cleanup;
import io.patinox.memory.resource.CleanupOutcome;
import io.patinox.memory.resource.Exit;
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
public class Tracked<T> extends PhantomReference<Object> {
    /*
     * The state machine, in the low bits of `word` (see Word). Arrows are compare-and-sets, but for
     * the one out of HERE, which only the thread that is there can take.
     *
     *                       claimHere                                 endHere
     *     OPEN, QUEUED --------------------> HERE ------------------------> CLEANED, FAILED
     *      | |  ^   ^                          | requeue
     *      | |  |   +--------------------------+---------------+
     *      | |  | unqueue                                      |  requeue
     *      | |  +------------                                  |
     *      | +----> QUEUED ------> CLAIMED ------> RUNNING ----+----------> CLEANED, FAILED
     *      |  queueUp   |  claimQueued |   begin       |          endRun
     *      |            |              |               |
     *      |            +--------------+---------------+------------------> ABANDONED
     *      |            (from OPEN too: abandonUnstarted)  abandon
     *      +--- detach -----------------------------------------------------> DETACHED
     *
     *  1. Exactly one run at a time: it belongs to whoever moved the state to HERE or CLAIMED. Only
     *     `unclaim` (no thread could be started) and `requeue` (the cleanup failed and is tried
     *     again) lead back, and only their claimant may take them.
     *  2. One outcome: the four final states have no arrow out. A cleanup that returns after it was
     *     abandoned loses the race and changes nothing but a counter.
     *  3. The final state is written first, then the resource is taken off its stripe and counted,
     *     then those who wait are woken: who was woken, or has closed the guard himself, finds it
     *     counted. The balance holds at any moment, because what is listed counts as open.
     *  4. Nobody waits in vain: the settling thread writes the state, then reads `note`; a waiter
     *     installs its Progress in `note`, then reads the state. All four are volatile, so at least
     *     one of the two sees the other's write and wakes the waiter.
     *
     * The object is its own phantom reference and its own list node, 56 bytes; with the guard that
     * is all a life allocates. It never refers to the guard other than as the referent, and the
     * stripe holds it strongly, so it is enqueued when the guard's users have lost it.
     *
     * Two fields serve several purposes in turn. `held` is the resource, then the thread inside the
     * cleanup, then nothing; it is read before the state, with acquire, so that who sees a state in
     * which the resource is there has seen the resource. `note` is the name of the thread that
     * acquired it, until there is a Progress, which has that name and all else; a failure is noted
     * bare where no Progress could be allocated.
     */
    private static final VarHandle WORD = handle("word", long.class);
    private static final VarHandle NOTE = handle("note", Object.class);
    private static final VarHandle HELD = handle("held", Object.class);

    /// Links of the list, guarded by the lock of the stripe.
    @Nullable Tracked<?> previous;

    @Nullable Tracked<?> next;

    private ResourceSpec spec;
    private volatile long word;
    private volatile Object note;

    @SuppressWarnings("UnusedVariable") // through HELD
    private @Nullable Object held;

    Tracked(Object handle, ReferenceQueue<Object> queue, ResourceSpec spec, String ownerThread) {
        super(handle, queue);
        this.spec = spec;
        this.note = ownerThread;
    }

    private static VarHandle handle(String field, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), field, VarHandle.class, Tracked.class, type);
    }

    /// Fills in what came to be after this object did. Before the resource is listed.
    final void open(T resource, long openWord) {
        HELD.set(this, resource);
        WORD.set(this, openWord);
    }

    // what is known of it

    /// {@return the control word of this moment}
    final long word() {
        return word;
    }

    final int state() {
        return Word.state(word);
    }

    /// {@return whether the resource can be used}
    public final boolean isOpen() {
        return state() == Word.OPEN;
    }

    final boolean isFinal() {
        return Word.isFinal(word);
    }

    /// {@return the final outcome, or null while there is none}
    final @Nullable CleanupOutcome outcome() {
        return switch (state()) {
            case Word.CLEANED -> CleanupOutcome.CLEANED;
            case Word.FAILED -> CleanupOutcome.FAILED;
            case Word.ABANDONED -> CleanupOutcome.ABANDONED;
            case Word.DETACHED -> CleanupOutcome.DETACHED;
            default -> null;
        };
    }

    /// {@return the resource if it can be used, or null}
    @SuppressWarnings("unchecked") // while it is open, nothing but the resource is held
    public final @Nullable T openResource() {
        Object seen = HELD.getAcquire(this);
        return state() == Word.OPEN ? (T) seen : null;
    }

    /// {@return what is known of it besides}
    public final ResourceSpec spec() {
        return spec;
    }

    /// Replaces what is known of it by the same and more. Under the lock of [Relations].
    final void spec(ResourceSpec more) {
        spec = more;
    }

    /// {@return the name of the thread that acquired it}
    public final String ownerThread() {
        Object seen = note;
        if (seen instanceof Progress progress) {
            return progress.ownerThread();
        }
        return seen instanceof String name ? name : "";
    }

    /// {@return its type}
    public final String type() {
        return spec.type();
    }

    /// {@return its name, or one made up from its type}
    public final String name() {
        String name = spec.name();
        return name != null
                ? name
                : spec.type() + "@" + Integer.toHexString(System.identityHashCode(this));
    }

    /// {@return the registry it belongs to}
    public final RegistryCore core() {
        return spec.core();
    }

    /// {@return when it was acquired, in microseconds of the registry's clock}
    final long acquiredMicros() {
        return Word.micros(word);
    }

    // transitions

    private boolean move(long from, int to) {
        return WORD.compareAndSet(this, from, Word.with(from, to));
    }

    /// Moves to another state, whatever flags come and go meanwhile.
    private boolean move(int from, int to) {
        for (long seen = word; Word.state(seen) == from; seen = word) {
            if (move(seen, to)) {
                return true;
            }
        }
        return false;
    }

    /// Takes on the duty to run the cleanup on this thread, from wherever it is still untaken.
    final boolean claimHere() {
        long seen = word;
        int state = Word.state(seen);
        while (state <= Word.QUEUED) {
            if (move(seen, Word.HERE)) {
                return true;
            }
            seen = word;
            state = Word.state(seen);
        }
        return false;
    }

    /// Puts it up for the engine.
    ///
    /// @param exit why, which the cleanup will be told
    final boolean queueUp(int exit) {
        for (long seen = word; Word.state(seen) == Word.OPEN; seen = word) {
            if (WORD.compareAndSet(this, seen, Word.with(Word.withExit(seen, exit), Word.QUEUED))) {
                return true;
            }
        }
        return false;
    }

    final boolean unqueue() {
        return move(Word.QUEUED, Word.OPEN);
    }

    final boolean claimQueued() {
        return move(Word.QUEUED, Word.CLAIMED);
    }

    /// Gives a claim back, for a runner that could not start.
    final boolean unclaim() {
        return move(Word.CLAIMED, Word.QUEUED);
    }

    /// The engine's thread has come.
    ///
    /// @return false if it was abandoned before, and is run all the same, late
    final boolean begin() {
        return move(Word.CLAIMED, Word.RUNNING);
    }

    /// Takes the resource up to clean it, and notes the thread that does.
    @SuppressWarnings("unchecked") // a claimed resource is held until it is taken
    final T take(Thread runner) {
        Object seen = HELD.getAcquire(this);
        HELD.setRelease(this, runner);
        return (T) seen;
    }

    /// Puts the resource back after a failed attempt, for the next.
    final boolean requeue(T resource, boolean here) {
        HELD.setRelease(this, resource);
        return move(here ? Word.HERE : Word.RUNNING, Word.QUEUED);
    }

    /// Gives a claim by [#claimHere] to the engine, before the resource was taken.
    final boolean handOver() {
        return move(Word.HERE, Word.QUEUED);
    }

    /// Ends a cleanup on the thread that claimed it by [#claimHere]. Nobody else writes the word of
    /// one that is HERE, so no compare-and-set is needed. Nor is a full fence: the lock of the
    /// stripe, which the caller takes next, is one. See invariant 4.
    ///
    /// @return the word
    final long endHere(int end) {
        long ended = Word.with(word, end);
        WORD.setRelease(this, ended);
        return ended;
    }

    final boolean endRun(int end) {
        return move(Word.RUNNING, end);
    }

    final boolean detach() {
        return move(Word.OPEN, Word.DETACHED);
    }

    final boolean abandon() {
        return move(Word.RUNNING, Word.ABANDONED) || move(Word.CLAIMED, Word.ABANDONED);
    }

    /// Gives up before the cleanup was begun.
    final boolean abandonUnstarted() {
        for (long seen = word; Word.state(seen) <= Word.QUEUED; seen = word) {
            if (move(seen, Word.ABANDONED)) {
                return true;
            }
        }
        return false;
    }

    /// Sets a flag of an open resource.
    ///
    /// @return false if it isn't open, or has the flag already
    final boolean flag(long flag) {
        for (long seen = word; Word.state(seen) == Word.OPEN && (seen & flag) == 0; seen = word) {
            if (WORD.compareAndSet(this, seen, seen | flag)) {
                return true;
            }
        }
        return false;
    }

    /// {@return why it is cleaned up}
    final Exit exit() {
        Object seen = note;
        Throwable failure = seen instanceof Progress progress ? progress.exitFailure() : null;
        return failure != null ? new Exit.Failed(failure) : Word.exit(word);
    }

    /// {@return the cleanup; null after [#release]}
    @Nullable Cleanup<?> cleanup() {
        return spec.cleanup();
    }

    /// Lets go of the resource, so that a closed guard retains nothing but itself.
    void release() {
        HELD.setRelease(this, null);
    }

    // the note

    /// {@return the thread inside the cleanup, or null}
    final @Nullable Thread runner() {
        // a resource that is itself a thread can be taken for its own runner for an instant, which
        // matters to that thread alone and only if it closes its own guard just then
        Object seen = HELD.getAcquire(this);
        int state = state();
        boolean begun = state == Word.HERE || state == Word.RUNNING || state == Word.ABANDONED;
        return begun && seen instanceof Thread thread ? thread : null;
    }

    /// {@return the thread that is inside the cleanup, or has claimed it and cleans up first what
    /// depends on this; or null}
    final @Nullable Thread cleaner() {
        Thread runner = runner();
        if (runner == null && state() == Word.HERE && note instanceof Progress progress) {
            return progress.claimant();
        }
        return runner;
    }

    /// Notes what the cleanup threw. Before the final state, and even if memory has run out.
    final void failedBy(Throwable thrown) {
        try {
            progress().failure(thrown);
        } catch (OutOfMemoryError noProgress) {
            Object seen = note;
            if (!(seen instanceof Progress)) {
                NOTE.compareAndSet(this, seen, thrown);
            }
        }
    }

    /// {@return what the cleanup threw, or null}
    final @Nullable Throwable failure() {
        Object seen = note;
        if (seen instanceof Progress progress) {
            return progress.failure();
        }
        return seen instanceof Throwable thrown ? thrown : null;
    }

    /// {@return how often the cleanup was tried and came to an end}
    final int attempts() {
        return note instanceof Progress progress ? progress.attempts() : 0;
    }

    /// {@return the longer story of this resource, begun now if it had none}
    final Progress progress() {
        while (true) {
            Object seen = note;
            if (seen instanceof Progress progress) {
                return progress;
            }
            Progress fresh = new Progress(seen instanceof String name ? name : "");
            if (seen instanceof Throwable thrown) {
                fresh.failure(thrown);
            }
            if (NOTE.compareAndSet(this, seen, fresh)) {
                return fresh;
            }
        }
    }

    /// {@return its longer story, if it has one}
    final @Nullable Progress progressIfAny() {
        return note instanceof Progress progress ? progress : null;
    }

    /// {@return where to wait for the outcome}
    final Progress waiting() {
        Progress progress = progress();
        CleanupOutcome outcome = outcome();
        if (outcome != null) {
            progress.complete(outcome);
        }
        return progress;
    }

    /// Wakes those who wait. After the final state was reached.
    final void wake() {
        if (note instanceof Progress progress) {
            CleanupOutcome outcome = outcome();
            if (outcome != null) {
                progress.complete(outcome);
            }
        }
    }

    /// Wakes the threads that wait, and leaves the futures to [#completeHere].
    final void wakeThreads() {
        if (note instanceof Progress progress) {
            progress.wake();
        }
    }

    /// Completes the futures on this thread, if a final state was reached.
    final void completeHere() {
        CleanupOutcome outcome = outcome();
        if (outcome != null && note instanceof Progress progress) {
            progress.completeHere(outcome);
        }
    }

    /// {@return a future of the outcome, the caller's own}
    final CompletableFuture<CleanupOutcome> future() {
        return waiting().future();
    }

    /// One whose cleanup is its own, as a lambda that captures something is. What stands for a type
    /// and its usual cleanup is in the spec that all of the type share.
    static final class WithCleanup<T> extends Tracked<T> {
        private @Nullable Cleanup<? super T> cleanup;

        WithCleanup(
                Object handle,
                ReferenceQueue<Object> queue,
                ResourceSpec spec,
                String ownerThread,
                Cleanup<? super T> cleanup) {
            super(handle, queue, spec, ownerThread);
            this.cleanup = cleanup;
        }

        @Override
        @Nullable Cleanup<?> cleanup() {
            return cleanup;
        }

        @Override
        void release() {
            super.release();
            cleanup = null;
        }
    }
}
