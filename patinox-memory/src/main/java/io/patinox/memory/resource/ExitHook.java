package io.patinox.memory.resource;

/// Closes a registry when the JVM ends. It is taken back when the registry is closed before.
final class ExitHook {
    private ExitHook() {}

    static void install(ResourceRegistry registry) {
        Thread hook =
                Thread.ofPlatform()
                        .name("patinox-" + registry.name() + "-exit")
                        .unstarted(registry::close);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            return;
        }
        registry.core()
                .onClosed(() -> {
                    try {
                        boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
                    } catch (IllegalStateException endingNow) {
                        // it is the hook that closes the registry
                    }
                });
    }
}
