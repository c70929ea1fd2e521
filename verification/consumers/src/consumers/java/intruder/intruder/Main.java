package intruder;

import io.patinox.memory.internal.StripedCounter;

/// Uses what the library does not export.
final class Main {

    public static void main(String[] args) {
        new StripedCounter().increment();
    }
}
