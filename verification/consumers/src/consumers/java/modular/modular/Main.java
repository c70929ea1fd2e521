package modular;

import io.patinox.memory.monitor.Histogram;
import io.patinox.memory.monitor.Monitor;

/// A program on the module path, which also tries what a module must not let it do.
final class Main {

    public static void main(String[] args) throws Exception {
        Histogram histogram = Histogram.nanos();
        histogram.record(5);
        System.out.println("library: " + Histogram.class.getModule().getName());
        System.out.println("events: " + (Monitor.jfr() != null));
        System.out.println("recorded: " + histogram.snapshot().count());

        Class<?> internal = Class.forName("io.patinox.memory.internal.StripedCounter");
        try {
            internal.getDeclaredConstructors()[0].setAccessible(true);
            System.out.println("internals: open");
        } catch (RuntimeException refused) {
            System.out.println("internals: " + refused.getClass().getSimpleName());
        }
    }
}
