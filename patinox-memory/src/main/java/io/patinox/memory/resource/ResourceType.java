package io.patinox.memory.resource;

import io.patinox.memory.error.Options;
import io.patinox.memory.resource.internal.Kind;
import io.patinox.memory.resource.internal.Limit;
import java.time.Duration;

/// Options for all resources of a type, to be given to [ResourceRegistryBuilder#type].
///
/// {@snippet file="io/patinox/memory/examples/ResourceExamples.java" region="limit"}
///
/// Not safe for use by several threads at once.
public final class ResourceType {
    private static final int COUNT_MAX = 100_000_000;
    private static final int CONCURRENCY_MAX = 10_000;
    private static final Duration TIMEOUT_MIN = Duration.ofMillis(1);
    private static final Duration TIMEOUT_MAX = Duration.ofDays(1);

    private final String name;
    private int maxOpen;
    private long maxBytes;
    private WhenFull whenFull = WhenFull.WAIT;
    private Duration timeout = Duration.ofSeconds(30);
    private int cleanupConcurrency;
    private int siteSampling = -1;

    private ResourceType(String name) {
        this.name = name;
    }

    /// Begins the options of a type.
    ///
    /// @param name the type, as resources are acquired by: 1 to 100 letters, digits, `.`, `_`, `-`,
    ///   `:`
    /// @return options to fill in
    public static ResourceType named(String name) {
        return new ResourceType(Options.name("name", name));
    }

    /// Limits how many there may be at once. Default: no limit.
    ///
    /// @param count 1 to 100,000,000
    /// @return this
    public ResourceType maxOpen(int count) {
        this.maxOpen = Options.inRange("maxOpen", count, 1, COUNT_MAX);
        return this;
    }

    /// Limits how many bytes they may have together, by what their requests say of their
    /// [size][ResourceRequest#sizeBytes]. Default: no limit.
    ///
    /// @param bytes 1 or more
    /// @return this
    public ResourceType maxBytes(long bytes) {
        this.maxBytes = Options.inRange("maxBytes", bytes, 1, Long.MAX_VALUE);
        return this;
    }

    /// Sets what happens to who comes when a limit is reached. Default: [WhenFull#WAIT].
    ///
    /// @param whenFull what happens
    /// @return this
    public ResourceType whenFull(WhenFull whenFull) {
        this.whenFull = Options.required("whenFull", whenFull);
        return this;
    }

    /// Sets how long to wait for room under a limit. Default: 30 s.
    ///
    /// @param timeout 1 ms to 1 day
    /// @return this
    public ResourceType timeout(Duration timeout) {
        this.timeout = Options.inRange("timeout", timeout, TIMEOUT_MIN, TIMEOUT_MAX);
        return this;
    }

    /// Sets how many cleanups of this type the registry runs at once; those of others don't wait
    /// behind them. Default: as many as it runs of all types together.
    ///
    /// @param concurrency 1 to 10,000
    /// @return this
    public ResourceType cleanupConcurrency(int concurrency) {
        this.cleanupConcurrency =
                Options.inRange("cleanupConcurrency", concurrency, 1, CONCURRENCY_MAX);
        return this;
    }

    /// Sets how many acquisitions of this type remember their place. Can be changed later:
    /// [ResourceRegistry#siteSampling]. Default: as the registry says.
    ///
    /// @param oneIn 0 to 1,000,000; 1 for every one, 0 for none
    /// @return this
    public ResourceType siteSampling(int oneIn) {
        this.siteSampling =
                Options.inRange("siteSampling", oneIn, 0, ResourceRegistryBuilder.SAMPLING_MAX);
        return this;
    }

    Kind kind() {
        Limit limit =
                maxOpen == 0 && maxBytes == 0
                        ? null
                        : new Limit(maxOpen, maxBytes, whenFull, timeout.toNanos());
        return new Kind(name, cleanupConcurrency, siteSampling, limit);
    }

    String name() {
        return name;
    }
}
