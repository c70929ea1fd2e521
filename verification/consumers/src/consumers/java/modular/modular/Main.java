package modular;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.resource.ResourceRegistry;

/// A program on the module path, which also tries what a module must not let it do.
final class Main {

    /// Pools string builders.
    record Builders() implements ConnectionManager<StringBuilder> {
        @Override
        public StringBuilder create() {
            return new StringBuilder("lent");
        }

        @Override
        public void destroy(StringBuilder builder) {
            builder.setLength(0);
        }
    }

    public static void main(String[] args) throws Exception {
        try (ResourceRegistry registry =
                        ResourceRegistry.builder("modular").monitor(Monitor.jfr()).build();
                Pool<StringBuilder> pool =
                        Pool.builder(new Builders()).registry(registry).maxSize(2).build()) {
            System.out.println("library: " + Pool.class.getModule().getName());
            System.out.println("connection: " + pool.use(StringBuilder::toString));
            System.out.println("balance: " + registry.balance().holds());
        }
        System.out.println("events: " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());

        Class<?> internal = Class.forName("io.patinox.memory.internal.StripedCounter");
        try {
            internal.getDeclaredConstructors()[0].setAccessible(true);
            System.out.println("internals: open");
        } catch (RuntimeException refused) {
            System.out.println("internals: " + refused.getClass().getSimpleName());
        }
    }
}
