package io.patinox.memory.config;

/// What the tests configure.
public record AppConfig(String name, @Default("8080") int port, PoolConfig pool) {

    /// A part of it.
    public record PoolConfig(@Default("10") int maxSize, @Default("1") int minSize) {}

    static AppConfig of(String name, int maxSize) {
        return new AppConfig(name, 8080, new PoolConfig(maxSize, 1));
    }
}
