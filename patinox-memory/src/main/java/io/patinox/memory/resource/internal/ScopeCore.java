package io.patinox.memory.resource.internal;

import io.patinox.memory.error.CleanupFailedException;
import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.error.ResourceCycleException;
import io.patinox.memory.resource.CloseReport;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A scope without its outside: its members in the order they came, and how they are closed.
public final class ScopeCore {
    /*
     * Members are guards and nested scopes. A scope holds its members' guards, so they aren't lost
     * before it is; a resource refers to its scope only weakly, so the registry's list doesn't keep
     * a scope that its users have lost, nor hide the leak of what is in it.
     *
     * A member belongs to one scope at a time. To move it is to enter it into the new scope, then
     * to strike it off the old one: whoever closes either scope meanwhile finds it in at least one,
     * and the guard sees to it that it is cleaned up once. Moves happen one at a time, under the
     * lock of Relations, around which a scope's own lock is never held.
     */
    private static final int SUPPRESSED_MAX = 100;

    private final RegistryCore core;
    private final String name;
    private final boolean parallel;
    private final WeakReference<ScopeCore> self = new WeakReference<>(this);
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by the lock: a resource with its guard, or a scope with itself.
    private final Map<Object, Object> members = new LinkedHashMap<>();

    private volatile @Nullable ScopeCore parent;
    private boolean closing;
    private @Nullable Throwable failure;

    /// Opens a scope.
    ///
    /// @param core its registry
    /// @param name its name
    /// @param parent the scope it is nested in, or null
    /// @param parallel whether its members are cleaned up side by side
    public ScopeCore(RegistryCore core, String name, @Nullable ScopeCore parent, boolean parallel) {
        this.core = core;
        this.name = name;
        this.parallel = parallel;
        if (parent != null) {
            core.relations().nest(this, parent);
        }
    }

    /// {@return its registry}
    public RegistryCore core() {
        return core;
    }

    /// {@return its name}
    public String name() {
        return name;
    }

    WeakReference<ScopeCore> self() {
        return self;
    }

    /// {@return whether members can be added}
    public boolean isOpen() {
        Locks.lockInside(lock);
        try {
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    /// {@return how many members it has}
    public int size() {
        Locks.lockInside(lock);
        try {
            return members.size();
        } finally {
            lock.unlock();
        }
    }

    /// Notes that the work of this scope failed.
    ///
    /// @param thrown what it threw
    public void fail(Throwable thrown) {
        Locks.lockInside(lock);
        try {
            failure = thrown;
        } finally {
            lock.unlock();
        }
    }

    void put(Object key, Object value) {
        Locks.lockInside(lock);
        try {
            if (closing) {
                throw new ResourceClosedException(name, "a scope that is closing or closed");
            }
            members.put(key, value);
        } finally {
            lock.unlock();
        }
    }

    void strikeOff(Object member) {
        Locks.lockInside(lock);
        try {
            members.remove(member);
        } finally {
            lock.unlock();
        }
    }

    /// Makes an open resource a member, which it may have been of another scope until now.
    ///
    /// @param tracked the resource
    /// @param guard its guard
    public void enter(Tracked<?> tracked, Object guard) {
        core.relations().enter(tracked, guard, this);
    }

    /// Nests this scope in another than it was nested in until now.
    ///
    /// @param target the other
    public void moveTo(ScopeCore target) {
        core.relations().nest(this, target);
    }

    /// Sees to it that this scope is open, and that the other is neither this one nor nested in it.
    void refuseToContain(ScopeCore target) {
        if (!isOpen()) {
            throw new ResourceClosedException(name, "a scope that is closing or closed");
        }
        List<String> names = new ArrayList<>();
        for (ScopeCore at = target; at != null; at = at.parent) {
            names.add(at.name);
            if (at == this) {
                names.add(target.name);
                throw new ResourceCycleException(names);
            }
        }
    }

    @Nullable ScopeCore parent() {
        return parent;
    }

    /// Notes the scope it is nested in.
    ///
    /// @return the one it was nested in before
    @Nullable ScopeCore parent(ScopeCore target) {
        ScopeCore before = parent;
        parent = target;
        return before;
    }

    /// A member has met its end.
    void ended(Tracked<?> tracked) {
        strikeOff(tracked);
    }

    private List<Object> beginToClose() {
        Locks.lockInside(lock);
        try {
            closing = true;
            List<Object> newestFirst = new ArrayList<>(members.keySet());
            Collections.reverse(newestFirst);
            return newestFirst;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Throwable failure() {
        Locks.lockInside(lock);
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private boolean stillHas(Object member) {
        Locks.lockInside(lock);
        try {
            return members.containsKey(member);
        } finally {
            lock.unlock();
        }
    }

    private void leaveParent() {
        core.relations().unnest(this);
    }

    /// Cleans up all members, the newest first, on this thread; or side by side on threads of the
    /// registry, if the scope is parallel.
    ///
    /// @return what is to be thrown, with all else suppressed; null if all went well
    public @Nullable Throwable close() {
        List<Throwable> thrown = new ArrayList<>();
        List<Object> newestFirst = beginToClose();
        tell(newestFirst);
        if (parallel) {
            newestFirst.forEach(this::submit);
        }
        for (Object member : newestFirst) {
            if (!stillHas(member) && !hasEnded(member)) {
                continue; // it has another owner
            }
            try {
                closeMember(member);
            } catch (Throwable t) {
                thrown.add(t);
            }
        }
        leaveParent();
        return combined(thrown);
    }

    private void tell(List<Object> newestFirst) {
        Throwable why = failure();
        if (why == null) {
            return;
        }
        for (Object member : newestFirst) {
            if (member instanceof ScopeCore scope) {
                scope.fail(why);
            } else if (member instanceof Tracked<?> tracked && tracked.isOpen()) {
                tracked.progress().exitFailure(why);
            }
        }
    }

    private void submit(Object member) {
        if (member instanceof Tracked<?> tracked) {
            core.engine().submit(tracked, Word.EXIT_CLOSED);
        }
    }

    private void closeMember(Object member) throws Throwable {
        if (member instanceof ScopeCore scope) {
            Throwable failed = scope.close();
            if (failed != null) {
                throw failed;
            }
        } else if (member instanceof Tracked<?> tracked) {
            if (hasEnded(tracked) || (parallel && !tracked.isOpen())) {
                awaitEnd(tracked);
            } else {
                GuardCalls.closeHere(tracked);
            }
        }
    }

    /// What ended while the scope was closing, on another thread or before what it depended on, has
    /// left the scope already, but its failure is one of the scope's.
    private static boolean hasEnded(Object member) {
        return member instanceof Tracked<?> tracked && tracked.isFinal();
    }

    /// An `Error` is thrown as it is, on whatever thread of ours it came about.
    private static void awaitEnd(Tracked<?> tracked) {
        try {
            GuardCalls.awaitOther(tracked);
        } catch (CleanupFailedException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed;
        }
    }

    @SuppressWarnings("ReferenceEquality") // an exception must not be suppressed by itself
    private static @Nullable Throwable combined(List<Throwable> thrown) {
        if (thrown.isEmpty()) {
            return null;
        }
        Throwable primary =
                thrown.stream()
                        .filter(Error.class::isInstance)
                        .findFirst()
                        .orElse(thrown.getFirst());
        int suppressed = 0;
        for (Throwable other : thrown) {
            if (other != primary && suppressed++ < SUPPRESSED_MAX) {
                primary.addSuppressed(other);
            }
        }
        return primary;
    }

    /// Cleans up all members on threads of the registry, within a budget: in order, each after the
    /// end of the one before, as long as there is time, and side by side after that.
    ///
    /// @param budget how long to wait
    /// @return how many members it had
    /// @throws InterruptedException if the caller was interrupted; what is left has been begun
    public Closed close(Duration budget) throws InterruptedException {
        long beganAt = System.nanoTime();
        List<Object> newestFirst = beginToClose();
        tell(newestFirst);
        List<Tracked<?>> resources = new ArrayList<>();
        flatten(newestFirst, resources);
        long until = beganAt + budget.toNanos();
        boolean interrupted = false;
        for (Tracked<?> tracked : resources) {
            core.engine().submit(tracked, Word.EXIT_CLOSED);
            if (!parallel && !interrupted) {
                interrupted = !await(tracked, until);
            }
        }
        for (Tracked<?> tracked : resources) {
            interrupted = interrupted || !await(tracked, until);
        }
        leaveParent();
        if (interrupted) {
            throw new InterruptedException();
        }
        List<CloseReport.Unclean> unclean = new ArrayList<>();
        for (Tracked<?> tracked : resources) {
            String reason = Unclean.reason(tracked);
            if (reason != null) {
                unclean.add(new CloseReport.Unclean(tracked.name(), tracked.type(), reason));
            }
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - beganAt);
        return new Closed(resources.size(), unclean, elapsed);
    }

    private static void flatten(List<Object> newestFirst, List<Tracked<?>> resources) {
        for (Object member : newestFirst) {
            if (member instanceof ScopeCore scope) {
                List<Object> inner = scope.beginToClose();
                scope.tell(inner);
                flatten(inner, resources);
            } else if (member instanceof Tracked<?> tracked) {
                resources.add(tracked);
            }
        }
    }

    private static boolean await(Tracked<?> tracked, long until) {
        if (tracked.isFinal() || Thread.currentThread().equals(tracked.runner())) {
            return true;
        }
        try {
            boolean _ = tracked.waiting().await(Math.max(0, until - System.nanoTime()));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /// What closing a scope within a budget has achieved.
    ///
    /// @param members how many resources were members, of nested scopes too
    /// @param unclean those that are not clean, and why
    /// @param elapsed how long it took
    public record Closed(int members, List<CloseReport.Unclean> unclean, Duration elapsed) {}
}
