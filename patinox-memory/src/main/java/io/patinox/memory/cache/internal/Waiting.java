package io.patinox.memory.cache.internal;

import io.patinox.memory.error.CacheInterruptedException;
import io.patinox.memory.error.CacheRecursiveException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/// Waits for the functions of others, and refuses to where that would last for ever: a function
/// waits for itself, or several wait for each other in a circle.
final class Waiting {
    /*
     * Who waits says so in `waiting`, for all caches together, before it looks: from the flight it
     * waits for to its owner, from there to the flight that one waits for, and so on. If that leads
     * back to the one who looks, there is a circle; of those in it the last to say so sees it
     * whole. Links of flights that have landed are no links.
     */

    private static final ConcurrentMap<Thread, Flight<?, ?>> WAITING = new ConcurrentHashMap<>();

    private Waiting() {}

    /// Waits until a flight has landed, however.
    static void await(String cache, Flight<?, ?> flight) {
        Thread me = Thread.currentThread();
        WAITING.put(me, flight);
        try {
            List<Object> circle = circle(flight, me);
            if (!circle.isEmpty()) {
                throw new CacheRecursiveException(cache, circle);
            }
            flight.landing.get();
        } catch (ExecutionException | CancellationException e) {
            // it has landed: what it failed with is for those who want its value
        } catch (InterruptedException e) {
            me.interrupt();
            throw new CacheInterruptedException(cache, "a wait for the function of another", e);
        } finally {
            WAITING.remove(me);
        }
    }

    /// {@return the keys from that of a flight back to it, by who waits for what; empty if the way
    /// doesn't lead back to the one who asks}
    private static List<Object> circle(Flight<?, ?> flight, Thread me) {
        List<Object> keys = new ArrayList<>();
        Flight<?, ?> next = flight;
        while (next != null && !next.landing.isDone()) {
            keys.add(next.key);
            Thread owner = next.owner;
            if (owner == me) {
                keys.add(flight.key);
                return keys;
            }
            next = owner == null ? null : WAITING.get(owner);
            if (next == flight) {
                // a circle of others, who will see it themselves
                return List.of();
            }
        }
        return List.of();
    }
}
