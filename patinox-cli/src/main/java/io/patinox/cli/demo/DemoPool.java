package io.patinox.cli.demo;

import io.patinox.jdbc.PatinoxDataSource;
import io.patinox.memory.resource.AsyncResourceGuard;
import io.patinox.memory.resource.ResourceRegistry;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/// The pooled data source that everything is about, set up for the demo.
final class DemoPool implements AutoCloseable {

    private static final int CREATE_CONCURRENCY = 4;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final AsyncResourceGuard<PatinoxDataSource> guard;
    private final PatinoxDataSource source;
    private final Leak leak;
    private final String applicationName;

    private DemoPool(
            AsyncResourceGuard<PatinoxDataSource> guard, Leak leak, String applicationName) {
        this.guard = guard;
        this.source = guard.get();
        this.leak = leak;
        this.applicationName = applicationName;
    }

    /*
     * Every lease notes where it was taken (siteSampling 1): the demo shows the place of its leak,
     * and one in 128, the default, would rather not be that one.
     */
    static DemoPool open(
            ResourceRegistry registry, Database database, int poolSize, OutageLog outages) {
        var leak = new Leak();
        String name =
                "patinox-demo-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        var connections = new WatchedConnections(database.connections(name), outages::connected);
        AsyncResourceGuard<PatinoxDataSource> guard =
                registry.acquire(
                        "data-source",
                        () ->
                                PatinoxDataSource.builder(connections)
                                        .name("demo")
                                        .maxSize(poolSize)
                                        .minSize(poolSize)
                                        .createConcurrency(CREATE_CONCURRENCY)
                                        .siteSampling(1)
                                        .closeTimeout(CLOSE_TIMEOUT)
                                        .registry(registry)
                                        .monitor(leak)
                                        .build(),
                        PatinoxDataSource::close);
        return new DemoPool(guard, leak, name);
    }

    DataSource source() {
        return source;
    }

    Leak leak() {
        return leak;
    }

    /// What the pool's back ends are called on the server.
    String applicationName() {
        return applicationName;
    }

    int maxSize() {
        return source.pool().maxSize();
    }

    int waiting() {
        return source.pool().waiting();
    }

    int inUse() {
        return source.pool().inUse();
    }

    /// Whether every connection it may have is there.
    boolean isFull() {
        return source.pool().inUse() + source.pool().idle() == source.pool().maxSize();
    }

    PoolFigures figures() {
        Map<String, Long> counters = source.metrics().counters();
        return PoolFigures.of(counters, source.pool().advice());
    }

    @Override
    public void close() {
        guard.close();
    }
}
