package io.patinox.memory.config;

import io.patinox.memory.error.Options;
import io.patinox.memory.share.MutableSharedData;
import io.patinox.memory.share.Snapshot;
import io.patinox.memory.share.Subscription;
import io.patinox.memory.share.Watch;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a configuration: what a function, mostly an accessor, makes of it.
///
/// {@snippet file="io/patinox/memory/examples/ConfigExamples.java" region="bind"}
///
/// Whether the part changed is decided by its `equals`. Safe for use by any threads. Make a
/// selection once and keep it.
///
/// @param <T> the type of the configuration
/// @param <S> the type of the part
public final class ConfigSelection<T extends Record, S> {
    private final LiveConfig<T> config;
    private final Function<? super T, ? extends S> function;
    private @Nullable MutableSharedData<S> data;

    ConfigSelection(LiveConfig<T> config, Function<? super T, ? extends S> function) {
        this.config = config;
        this.function = Options.required("function", function);
    }

    /// Returns the part of the current version. Costs what [LiveConfig#current()] and the function
    /// cost.
    ///
    /// @return the part
    /// @throws io.patinox.memory.error.ConfigClosedException if the configuration is closed
    public S current() {
        return part(config.current());
    }

    private S part(T value) {
        return Options.required("part", function.apply(value));
    }

    /// Gives the part to a function now, and again whenever it has changed.
    ///
    /// The first call is made by the caller's thread: what it throws is thrown, and nothing is
    /// bound. Later ones are made one after the other by a virtual thread, with the newest part.
    /// One that throws is reported as `CALLBACK_FAILED`, makes the health of the configuration
    /// DEGRADED, and is repeated at the next change of the configuration; the health recovers when
    /// a call succeeds.
    ///
    /// @param consumer takes the part, for example `pool::reconfigure`
    /// @return ends the binding; held by the configuration until one of both is closed
    /// @throws io.patinox.memory.error.ConfigClosedException if the configuration is closed
    public Subscription bind(Consumer<? super S> consumer) {
        Options.required("consumer", consumer);
        ConfigSnapshot<T> now = config.newest();
        S first = part(now.value());
        consumer.accept(first);
        Binding binding = new Binding(first, consumer);
        binding.follow(now.version());
        return binding;
    }

    /// Does what [#bind] does for a target that it holds weakly: when nobody else holds the target
    /// any more, the binding ends at the next change. So a short-lived object can follow the
    /// configuration without being closed.
    ///
    /// @param target what takes the part
    /// @param function gives the part to the target; must not refer to the target itself, so best a
    ///   method reference such as `Worker::reconfigure`
    /// @param <X> the type of the target
    /// @return ends the binding
    /// @throws io.patinox.memory.error.ConfigClosedException if the configuration is closed
    public <X> Subscription bindWeakly(X target, BiConsumer<? super X, ? super S> function) {
        Options.required("function", function);
        WeakReference<X> weak = new WeakReference<>(Options.required("target", target));
        AtomicReference<Subscription> self = new AtomicReference<>();
        Subscription binding =
                bind(part -> {
                    X known = weak.get();
                    if (known != null) {
                        function.accept(known, part);
                        return;
                    }
                    Subscription mine = self.get();
                    if (mine != null) {
                        mine.close();
                    }
                });
        self.set(binding);
        return binding;
    }

    /// Returns what tells of changes of the part, with versions of its own: 1 at first, one more
    /// with each change of the part.
    ///
    /// @return always the same watch
    /// @throws io.patinox.memory.error.ConfigClosedException if the configuration is closed
    public synchronized Watch<S> watch() {
        MutableSharedData<S> known = data;
        if (known == null) {
            ConfigSnapshot<T> now = config.newest();
            MutableSharedData<S> made =
                    MutableSharedData.<S>builder(part(now.value()))
                            .name(config.name())
                            .skipEqual(true)
                            .monitor(config.board().events())
                            .build();
            config.watch()
                    .subscribe(
                            now.version(),
                            Runnable::run,
                            next -> made.write(_ -> part(next.value())));
            config.onClose(made::close);
            data = made;
            known = made;
        }
        return known.watch();
    }

    /// Adds a part of the program that must agree before this part of the configuration changes. It
    /// isn't asked about other changes.
    ///
    /// @param participant the participant
    /// @return ends its participation
    /// @throws io.patinox.memory.error.ConfigClosedException if the configuration is closed
    public Subscription participate(ConfigParticipant<S> participant) {
        Options.required("participant", participant);
        return config.participate((old, next) -> {
            S before = part(old);
            S after = part(next);
            return before.equals(after) ? () -> {} : participant.prepare(before, after);
        });
    }

    /// One who follows the part.
    private final class Binding implements Subscription {
        private final Consumer<? super S> consumer;
        // what the consumer took last; by one thread at a time
        private S taken;
        private boolean failed;
        private volatile boolean closed;
        private volatile @Nullable Subscription subscription;

        Binding(S taken, Consumer<? super S> consumer) {
            this.taken = taken;
            this.consumer = consumer;
        }

        void follow(long seen) {
            subscription = config.watch().subscribe(seen, Runnable::run, this::take);
            if (closed) {
                close();
            }
        }

        private synchronized void failed(boolean now) {
            if (failed != now) {
                failed = now;
                AtomicInteger failing = config.board().failing;
                int _ = now ? failing.incrementAndGet() : failing.decrementAndGet();
                config.judge();
            }
        }

        private void take(Snapshot<T> next) {
            if (closed) {
                return;
            }
            boolean done = false;
            try {
                S part = part(next.value());
                // one that failed half-way is repeated, whatever the part is now
                if (failed || !part.equals(taken)) {
                    consumer.accept(part);
                    taken = part;
                }
                done = true;
            } finally {
                failed(!done && !closed);
            }
        }

        @Override
        public void close() {
            closed = true;
            failed(false);
            Subscription known = subscription;
            if (known != null) {
                known.close();
            }
        }

        @Override
        public boolean isClosed() {
            Subscription known = subscription;
            return closed || (known != null && known.isClosed());
        }
    }
}
