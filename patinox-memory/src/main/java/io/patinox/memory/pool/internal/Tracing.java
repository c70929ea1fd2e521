package io.patinox.memory.pool.internal;

import io.patinox.memory.pool.PoolTracer;
import io.patinox.memory.pool.RetireReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Calls a tracer, so that whatever it does harms nobody.
final class Tracing<C> {
    private final ObjectPool<C> pool;
    private final PoolTracer<? super C> tracer;

    Tracing(ObjectPool<C> pool, PoolTracer<? super C> tracer) {
        this.pool = pool;
        this.tracer = tracer;
    }

    void lent(@Nullable C object, long waitedNanos) {
        if (object != null) {
            call("tracer.lent", () -> tracer.lent(object, Duration.ofNanos(waitedNanos)));
        }
    }

    void returned(@Nullable C object, long heldNanos) {
        if (object != null) {
            Duration held = Duration.ofNanos(Math.max(0, heldNanos));
            call("tracer.returned", () -> tracer.returned(object, held));
        }
    }

    void failed(Throwable failure, long waitedNanos) {
        call("tracer.failed", () -> tracer.failed(failure, Duration.ofNanos(waitedNanos)));
    }

    void created(C object) {
        call("tracer.created", () -> tracer.created(object));
    }

    /// Tells apart, since objects are also retired by the keeper, which runs no code of the user.
    void retired(@Nullable C object, RetireReason reason) {
        if (object == null) {
            return;
        }
        Runnable told = () -> call("tracer.retired", () -> tracer.retired(object, reason));
        try {
            Thread.ofVirtual().name("patinox-pool-" + pool.name() + "-trace").start(told);
        } catch (Throwable noThread) {
            report("tracer.retired", noThread);
        }
    }

    private void call(String callback, Runnable body) {
        try {
            body.run();
        } catch (Throwable failure) {
            report(callback, failure);
        }
    }

    private void report(String callback, Throwable failure) {
        try {
            pool.reportCallback(callback, failure);
        } catch (Throwable again) {
            // There is not even memory for the report; the object matters more.
            failure.addSuppressed(again);
        }
    }
}
