package io.patinox.memory.share;

import io.patinox.memory.error.InvalidOptionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One subscriber and what it has seen.
///
/// Its work is to read the newest snapshot and to pass it on if it is newer than the last one. As
/// only one run is under way at any time, and each reads anew, a subscriber sees versions in
/// ascending order, and after the last change it sees that one. Fields without protection belong to
/// the run.
abstract sealed class Delivery<T> implements Subscription {
    final Hub<T> hub;
    private final SingleFlight flight;
    private long seen;
    private volatile boolean closed;

    Delivery(Hub<T> hub, long seen, @Nullable Executor via) {
        this.hub = hub;
        this.seen = seen;
        this.flight = new SingleFlight(this::deliver, hub.threads(), via, this::failed);
    }

    final void signal() {
        flight.signal();
    }

    private void deliver() {
        begin();
        boolean last = hub.isClosed();
        boolean lost = false;
        if (!closed && wants()) {
            Snapshot<T> newest = newest();
            lost = newest == null;
            if (newest != null && newest.version() > seen) {
                hub.passed(seen, newest.version());
                seen = newest.version();
                pass(newest);
            }
        }
        // what was published before the hub was closed has been passed on, or is not wanted yet,
        // or its copier failed and no other change will come
        if (last && !closed && (lost || seen >= hub.version())) {
            close();
            complete();
        }
    }

    private @Nullable Snapshot<T> newest() {
        try {
            return hub.newest();
        } catch (Throwable failure) {
            // of a copier, which is not the subscriber's fault: the next change tries again
            hub.failed("copier", failure);
            return null;
        }
    }

    private void failed(Throwable failure) {
        hub.failed(callback(), failure);
        afterFailure(failure);
    }

    @Override
    public final void close() {
        closed = true;
        hub.remove(this);
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    void begin() {}

    boolean wants() {
        return true;
    }

    abstract void pass(Snapshot<T> newest);

    abstract String callback();

    void complete() {}

    void afterFailure(Throwable failure) {}

    /// Calls a function, for every version that it finds.
    static final class ToConsumer<T> extends Delivery<T> {
        private final Consumer<? super Snapshot<T>> consumer;

        ToConsumer(
                Hub<T> hub,
                long seen,
                @Nullable Executor via,
                Consumer<? super Snapshot<T>> consumer) {
            super(hub, seen, via);
            this.consumer = consumer;
        }

        @Override
        void pass(Snapshot<T> newest) {
            consumer.accept(newest);
        }

        @Override
        String callback() {
            return "subscriber";
        }
    }

    /// Calls a reactive subscriber, as often as it asked for.
    static final class ToSubscriber<T> extends Delivery<T> implements Flow.Subscription {
        private final Flow.Subscriber<? super Snapshot<T>> subscriber;
        private final AtomicLong demand = new AtomicLong();
        // what ends it at its next run
        private volatile @Nullable Throwable error;
        private boolean begun;

        ToSubscriber(
                Hub<T> hub,
                Flow.Subscriber<? super Snapshot<T>> subscriber,
                @Nullable Throwable error) {
            super(hub, 0, null);
            this.subscriber = subscriber;
            this.error = error;
        }

        @Override
        void begin() {
            if (!begun) {
                begun = true;
                subscriber.onSubscribe(this);
            }
            Throwable wrong = error;
            if (wrong != null && !isClosed()) {
                close();
                subscriber.onError(wrong);
            }
        }

        @Override
        boolean wants() {
            return demand.get() > 0;
        }

        @Override
        void pass(Snapshot<T> newest) {
            if (demand.get() != Long.MAX_VALUE) {
                demand.getAndDecrement();
            }
            subscriber.onNext(newest);
        }

        @Override
        String callback() {
            return "Flow.Subscriber";
        }

        @Override
        void complete() {
            subscriber.onComplete();
        }

        @Override
        void afterFailure(Throwable failure) {
            close();
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                error =
                        new InvalidOptionException(
                                "n", n, "1 or more", "request as many as can be taken (rule 3.9)");
            } else {
                demand.accumulateAndGet(
                        n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
            }
            signal();
        }

        @Override
        public void cancel() {
            close();
        }
    }
}
