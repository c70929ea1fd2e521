package io.patinox.benchmarks.cache;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The keys that one thread asks for, one after the other, and the values it puts in. All are boxed
/// beforehand; those that are resident are the same objects as in the cache.
@State(Scope.Thread)
public class Keys {

    static final Object[] VALUES = IntStream.range(0, 1_024).boxed().toArray();
    static final int VALUE_MASK = VALUES.length - 1;

    /// The keys that are resident.
    static final Integer[] BOXED =
            IntStream.range(0, Scene.RESIDENTS).boxed().toArray(Integer[]::new);

    private static final int DRAWN = 1 << 15;
    private static final int FRESH = 1 << 20;
    private static final double EXPONENT = 0.99;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Integer[] keys;
    private final int mask;
    private int at;

    /// Creates the keys of a thread.
    public Keys() {
        int thread = THREADS.getAndIncrement();
        keys = Scene.here() == Scene.FULL ? fresh(thread) : drawn(thread);
        mask = keys.length - 1;
    }

    /// So many keys that none is still there when it comes again; no other thread has them.
    private static Integer[] fresh(int thread) {
        int from = Scene.RESIDENTS + thread * FRESH;
        return IntStream.range(from, from + FRESH).boxed().toArray(Integer[]::new);
    }

    private static Integer[] drawn(int thread) {
        boolean hot = Scene.here() == Scene.HOT;
        Zipf zipf = new Zipf(Scene.RESIDENTS, EXPONENT, 1);
        // all threads agree on what is hot, and none walks in the steps of another
        for (int i = 0; i < thread; i++) {
            zipf.next();
        }
        Integer[] keys = new Integer[DRAWN];
        for (int i = 0; i < DRAWN; i++) {
            keys[i] = BOXED[hot ? 0 : zipf.next()];
        }
        return keys;
    }

    /// Returns the next key.
    Integer next() {
        return keys[at++ & mask];
    }

    /// Returns a value for the key that was returned last: another one each time it comes.
    Object value() {
        return VALUES[(at + (at >>> 15)) & VALUE_MASK];
    }

    /// Tells whether it is time for an update, which it is at every fourth operation.
    boolean updates() {
        return (at & 3) == 0;
    }
}
