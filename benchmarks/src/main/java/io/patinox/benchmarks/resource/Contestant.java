package io.patinox.benchmarks.resource;

import io.netty.util.ResourceLeakDetector;
import io.patinox.memory.resource.ResourceBalance;
import io.patinox.memory.resource.ResourceRegistry;
import io.patinox.memory.resource.ResourceSupplier;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Who looks after resources, as the harnesses see it: the same few calls for everybody.
interface Contestant extends AutoCloseable {

    /// Acquires a fresh resource.
    ///
    /// @return its handle
    AutoCloseable acquire();

    /// Walks over everything that is open.
    ///
    /// @return how many it saw
    default long walk() {
        throw new UnsupportedOperationException("keeps no list");
    }

    /// Returns the books, where there are any.
    default Optional<ResourceBalance> balance() {
        return Optional.empty();
    }

    @Override
    default void close() {
        // most have nothing to close
    }

    /// Sets up an implementation.
    ///
    /// @param name one of the names in [Peers]
    /// @param fresh makes the resources; those that Netty tracks make themselves
    static Contestant of(String name, Supplier<PlainResource> fresh) {
        return switch (name) {
            case Peers.PATINOX, Peers.PATINOX_OPEN ->
                    new Patinox(Peers.patinox(), fresh::get, registry -> registry.open().size());
            case Peers.PATINOX_BALANCE ->
                    new Patinox(Peers.patinox(), fresh::get, registry -> registry.balance().open());
            case Peers.CLEANER -> new OfCleaner(Peers.cleaner(), fresh);
            case Peers.NETTY -> new Netty(Peers.netty());
            case Peers.PLAIN -> fresh::get;
            case Peers.SET -> new OfSet(ConcurrentHashMap.newKeySet(), fresh);
            default -> throw new IllegalArgumentException("no implementation " + name);
        };
    }

    /// Ours: handles are guards.
    record Patinox(
            ResourceRegistry registry,
            ResourceSupplier<PlainResource> fresh,
            ToLongFunction<ResourceRegistry> walker)
            implements Contestant {

        @Override
        public AutoCloseable acquire() {
            return registry.acquire("plain", fresh, PlainResource::close);
        }

        @Override
        public long walk() {
            return walker.applyAsLong(registry);
        }

        @Override
        public Optional<ResourceBalance> balance() {
            return Optional.of(registry.balance());
        }

        @Override
        public void close() {
            registry.close();
        }
    }

    /// The JDK's cleaner.
    record OfCleaner(Cleaner cleaner, Supplier<PlainResource> fresh) implements Contestant {

        @Override
        public AutoCloseable acquire() {
            return new CleanerHandle(cleaner, fresh.get());
        }
    }

    /// Netty's detector.
    record Netty(ResourceLeakDetector<NettyResource> detector) implements Contestant {

        @Override
        public AutoCloseable acquire() {
            return new NettyResource(detector);
        }
    }

    /// A concurrent set.
    record OfSet(Set<SetHandle> open, Supplier<PlainResource> fresh) implements Contestant {

        @Override
        public AutoCloseable acquire() {
            return new SetHandle(open, fresh.get());
        }

        @Override
        public long walk() {
            return new ArrayList<>(open).size();
        }
    }
}
