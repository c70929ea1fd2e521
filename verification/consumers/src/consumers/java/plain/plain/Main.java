package plain;

import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.resource.ResourceRegistry;

/// A program on the class path.
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

    public static void main(String[] args) {
        try (ResourceRegistry registry =
                        ResourceRegistry.builder("plain").monitor(Monitor.jfr()).build();
                Pool<StringBuilder> pool =
                        Pool.builder(new Builders()).registry(registry).maxSize(2).build()) {
            try (PooledConnection<StringBuilder> lease = pool.acquire()) {
                System.out.println("connection: " + lease.connection());
            }
            System.out.println("balance: " + registry.balance().holds());
        }
        System.out.println("closed");
    }
}
