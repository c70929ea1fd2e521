package io.patinox.memory.resource.internal;

import io.patinox.memory.error.ResourceClosedException;
import io.patinox.memory.error.ResourceCycleException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which resource depends on which, and which scope each is a member of.
///
/// Few resources have relations; those that do carry a flag in their word, so that the end of any
/// other never comes here. One lock guards all of them: it is held for a few map operations and for
/// the search for cycles, never while foreign code runs.
public final class Relations {
    private final ReentrantLock lock = new ReentrantLock();

    Relations() {}

    /// Notes that one resource depends on another.
    ///
    /// @param dependant the one that is cleaned up first
    /// @param on the other
    /// @param guard the guard of the other
    public void dependsOn(Tracked<?> dependant, Tracked<?> on, Object guard) {
        Locks.lockInside(lock);
        try {
            refuseCycle(dependant, on);
            Extras extras = related(dependant);
            related(on).dependants.add(dependant);
            extras.dependencies.put(on, guard);
        } finally {
            lock.unlock();
        }
    }

    /// {@return the extras of an open resource, which has them from now on}
    Extras related(Tracked<?> tracked) {
        if (!tracked.flag(Word.RELATED) && !tracked.isOpen()) {
            throw new ResourceClosedException(tracked.name(), "closed");
        }
        Extras extras = tracked.spec().extras();
        if (extras == null) {
            extras = Extras.none();
            tracked.spec(tracked.spec().with(extras));
        }
        return extras;
    }

    /// Goes back from the dependant over all that must be cleaned up before it, in search of what
    /// it is about to depend on. Without recursion: a chain may be long.
    private static void refuseCycle(Tracked<?> dependant, Tracked<?> on) {
        Map<Tracked<?>, Tracked<?>> cameFrom = new HashMap<>();
        ArrayDeque<Tracked<?>> open = new ArrayDeque<>(List.of(dependant));
        while (!open.isEmpty()) {
            Tracked<?> at = open.removeFirst();
            if (at.equals(on)) {
                throw cycle(on, cameFrom);
            }
            for (Tracked<?> before : before(at)) {
                if (!before.equals(dependant) && cameFrom.putIfAbsent(before, at) == null) {
                    open.addLast(before);
                }
            }
        }
    }

    private static ResourceCycleException cycle(
            Tracked<?> on, Map<Tracked<?>, Tracked<?>> cameFrom) {
        List<String> names = new ArrayList<>();
        for (Tracked<?> at = on; at != null; at = cameFrom.get(at)) {
            names.add(at.name());
        }
        names.add(on.name());
        return new ResourceCycleException(names);
    }

    /// {@return what must be cleaned up before this one}
    private static List<Tracked<?>> before(Tracked<?> tracked) {
        Extras extras = tracked.spec().extras();
        if (extras == null) {
            return List.of();
        }
        List<Tracked<?>> before = new ArrayList<>(extras.dependants);
        Tracked<?> owner = extras.owner();
        if (owner != null) {
            before.add(owner);
        }
        return before;
    }

    /// {@return whether something depends on this one that has not met its end}
    boolean hasDependants(Tracked<?> tracked) {
        return newestDependant(tracked, Set.of()) != null;
    }

    /// {@return the newest that depends on this one and has not met its end, or null}
    ///
    /// @param passed those that don't count
    @Nullable Tracked<?> newestDependant(Tracked<?> tracked, Set<Tracked<?>> passed) {
        if ((tracked.word() & Word.RELATED) == 0) {
            return null;
        }
        Locks.lockInside(lock);
        try {
            Extras extras = tracked.spec().extras();
            if (extras != null) {
                for (Tracked<?> dependant : extras.dependants.reversed()) {
                    if (!dependant.isFinal() && !passed.contains(dependant)) {
                        return dependant;
                    }
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /// {@return those that depend on this one and have not met their end, the newest first}
    List<Tracked<?>> dependants(Tracked<?> tracked) {
        if ((tracked.word() & Word.RELATED) == 0) {
            return List.of();
        }
        Locks.lockInside(lock);
        try {
            Extras extras = tracked.spec().extras();
            if (extras == null || extras.dependants.isEmpty()) {
                return List.of();
            }
            List<Tracked<?>> live = new ArrayList<>(extras.dependants);
            live.removeIf(Tracked::isFinal);
            Collections.reverse(live);
            return live;
        } finally {
            lock.unlock();
        }
    }

    /// {@return what this one depends on, oldest first}
    List<Tracked<?>> dependencies(Tracked<?> tracked) {
        Locks.lockInside(lock);
        try {
            Extras extras = tracked.spec().extras();
            return extras == null ? List.of() : List.copyOf(extras.dependencies.keySet());
        } finally {
            lock.unlock();
        }
    }

    /// A resource has met its end: nothing depends through it any more.
    ///
    /// @return what it depended on
    List<Tracked<?>> ended(Tracked<?> tracked) {
        ScopeCore scope;
        List<Tracked<?>> dependencies;
        Locks.lockInside(lock);
        try {
            Extras extras = tracked.spec().extras();
            if (extras == null) {
                return List.of();
            }
            scope = get(extras);
            extras.scope = null;
            dependencies = List.copyOf(extras.dependencies.keySet());
            extras.dependencies.clear();
            for (Tracked<?> on : dependencies) {
                Extras theirs = on.spec().extras();
                if (theirs != null) {
                    theirs.dependants.remove(tracked);
                }
            }
        } finally {
            lock.unlock();
        }
        if (scope != null) {
            scope.ended(tracked);
        }
        return dependencies;
    }

    // scopes

    /// {@return the scope that a resource is a member of, or null}
    @Nullable ScopeCore scope(Tracked<?> tracked) {
        if ((tracked.word() & Word.RELATED) == 0) {
            return null;
        }
        Locks.lockInside(lock);
        try {
            return get(tracked.spec().extras());
        } finally {
            lock.unlock();
        }
    }

    /// Makes an open resource a member of a scope, and no more of the one it was in before.
    ///
    /// @param tracked the resource
    /// @param guard its guard
    /// @param target the scope
    void enter(Tracked<?> tracked, Object guard, ScopeCore target) {
        Locks.lockInside(lock);
        try {
            Extras extras = related(tracked);
            target.put(tracked, guard);
            ScopeCore before = get(extras);
            extras.scope = target.self();
            if (before != null && !before.equals(target)) {
                before.strikeOff(tracked);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Nests a scope in another, and no more in the one it was in before.
    ///
    /// @param child the one
    /// @param target the other
    void nest(ScopeCore child, ScopeCore target) {
        Locks.lockInside(lock);
        try {
            child.refuseToContain(target);
            target.put(child, child);
            ScopeCore before = child.parent(target);
            if (before != null && !before.equals(target)) {
                before.strikeOff(child);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes a scope that is closed out of the one it was nested in.
    void unnest(ScopeCore child) {
        Locks.lockInside(lock);
        try {
            ScopeCore outer = child.parent();
            if (outer != null) {
                outer.strikeOff(child);
            }
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable ScopeCore get(@Nullable Extras extras) {
        return extras == null || extras.scope == null ? null : extras.scope.get();
    }
}
