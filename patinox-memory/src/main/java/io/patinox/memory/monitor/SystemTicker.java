package io.patinox.memory.monitor;

/// The clock of the JVM. An enum, so that it can be recognised.
enum SystemTicker implements Ticker {
    INSTANCE;

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
