package plain;

import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MutableMappedFile;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PooledConnection;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /// Stands in a file.
    private record Sample(long at, double value) {}

    private static void map() throws IOException {
        Path folder = Files.createTempDirectory("consumer");
        Path file = folder.resolve("samples.map");
        try (MutableMappedFile<Sample> samples = MappedFile.builder(file, Sample.class).create(0)) {
            samples.append(new Sample(1, 0.5));
        }
        try (MappedFile<Sample> samples = MappedFile.builder(file, Sample.class).openReadOnly()) {
            System.out.println("mapped: " + samples.get(0));
        }
        Files.delete(file);
        Files.delete(folder);
    }

    public static void main(String[] args) throws IOException {
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
        map();
    }
}
