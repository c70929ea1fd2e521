package plain;

import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.monitor.Histogram;
import io.patinox.memory.monitor.Monitor;

/// A program on the class path.
final class Main {

    public static void main(String[] args) {
        Histogram histogram = Histogram.nanos();
        histogram.record(5);
        System.out.println("events: " + (Monitor.jfr() != null));
        System.out.println("recorded: " + histogram.snapshot().count());
        System.out.println("unknown failure: " + RecoveryStrategy.of(null));
    }
}
