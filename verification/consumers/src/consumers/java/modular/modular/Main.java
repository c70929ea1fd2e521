package modular;

import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MutableMappedFile;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.resource.ResourceRegistry;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /// Stands in a file. Its package is not open to anybody.
    private record Sample(long at, double value) {}

    private static void map() throws IOException {
        Path folder = Files.createTempDirectory("consumer");
        Path file = folder.resolve("samples.map");
        try (MutableMappedFile<Sample> samples =
                MappedFile.builder(file, Sample.class).lookup(MethodHandles.lookup()).create(0)) {
            samples.append(new Sample(1, 0.5));
            System.out.println("mapped: " + samples.get(0));
        }
        try (MappedFile<Sample> samples = MappedFile.builder(file, Sample.class).openReadOnly()) {
            System.out.println("mapped without a lookup: " + samples.get(0));
        } catch (MappingLayoutException e) {
            System.out.println("without a lookup: " + e.getMessage());
        }
        Files.delete(file);
        Files.delete(folder);
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
        map();
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
