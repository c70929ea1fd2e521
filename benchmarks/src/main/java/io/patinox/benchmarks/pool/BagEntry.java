package io.patinox.benchmarks.pool;

import com.zaxxer.hikari.util.ConcurrentBag.IConcurrentBagEntry;
import java.util.concurrent.atomic.AtomicInteger;

/// What HikariCP's bag holds: a connection and the state that borrowers compete for.
final class BagEntry implements IConcurrentBagEntry {

    final StubConnection connection = new StubConnection();
    private final AtomicInteger state = new AtomicInteger();

    @Override
    public boolean compareAndSet(int expected, int next) {
        return state.compareAndSet(expected, next);
    }

    @Override
    public void setState(int next) {
        state.set(next);
    }

    @Override
    public int getState() {
        return state.get();
    }
}
