package io.patinox.soak;

import java.util.List;

/// The platform threads of this process.
final class Threads {
    private Threads() {}

    /// {@return the names of live threads that begin like this}
    static List<String> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }
}
