package io.patinox.memory.cache;

import io.patinox.memory.cache.internal.Alarms;
import io.patinox.memory.monitor.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Time that a test moves: a clock, and the alarms by it.
final class ManualTime implements Ticker, Alarms {

    private record Alarm(long due, Runnable call) {}

    private final List<Alarm> alarms = new ArrayList<>();
    private long now = 1_000_000_000L;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized Runnable after(long nanos, Runnable call) {
        Alarm alarm = new Alarm(now + nanos, call);
        alarms.add(alarm);
        return () -> {
            synchronized (this) {
                alarms.remove(alarm);
            }
        };
    }

    synchronized int pending() {
        return alarms.size();
    }

    void advance(Duration by) {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            now += by.toNanos();
            for (Iterator<Alarm> i = alarms.iterator(); i.hasNext(); ) {
                Alarm alarm = i.next();
                if (alarm.due <= now) {
                    i.remove();
                    due.add(alarm.call);
                }
            }
        }
        due.forEach(Runnable::run);
    }
}
