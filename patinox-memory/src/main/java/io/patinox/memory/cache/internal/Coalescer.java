package io.patinox.memory.cache.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Gathers single keys that are wanted within a short time, so that they are loaded together.
final class Coalescer<K, V> implements Flight.Stoppable<K, V> {
    /*
     * The first key of a batch opens the window: an alarm is set. The batch goes when the alarm
     * comes or when it is full, whatever is first; an alarm of an earlier batch finds that its
     * number has passed.
     */

    private final Alarms alarms;
    private final long windowNanos;
    private final int most;
    private final Consumer<List<Flight<K, V>>> to;
    private List<Flight<K, V>> gathered = new ArrayList<>();
    private Runnable alarm = () -> {};
    private long number;

    /// Creates one.
    ///
    /// @param most how many keys are full
    /// @param to takes what was gathered, on the thread of the last one or of the alarm
    Coalescer(Alarms alarms, long windowNanos, int most, Consumer<List<Flight<K, V>>> to) {
        this.alarms = alarms;
        this.windowNanos = windowNanos;
        this.most = most;
        this.to = to;
    }

    void add(Flight<K, V> flight) {
        List<Flight<K, V>> full = List.of();
        flight.run = this;
        synchronized (this) {
            gathered.add(flight);
            if (gathered.size() >= most) {
                full = take();
            } else if (gathered.size() == 1) {
                long batch = number;
                alarm = alarms.after(windowNanos, () -> windowOver(batch));
            }
        }
        if (!full.isEmpty()) {
            to.accept(full);
        }
    }

    private List<Flight<K, V>> take() {
        List<Flight<K, V>> taken = gathered;
        gathered = new ArrayList<>();
        number++;
        alarm.run();
        return taken;
    }

    private void windowOver(long batch) {
        List<Flight<K, V>> taken = List.of();
        synchronized (this) {
            if (batch == number) {
                taken = take();
            }
        }
        if (!taken.isEmpty()) {
            to.accept(taken);
        }
    }

    @Override
    public synchronized void drop(Flight<K, V> flight) {
        gathered.remove(flight);
        if (gathered.isEmpty()) {
            number++;
            alarm.run();
        }
    }
}
