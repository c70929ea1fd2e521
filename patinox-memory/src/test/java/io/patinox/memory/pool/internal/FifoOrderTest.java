package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The claim: nobody whose acquire began after you were queued is served before you.
///
/// How it is seen from outside, without clocks. Each thread publishes its waiter once `enqueue` has
/// returned and the waiter still waits, so it is known to be queued. A thread that begins to
/// acquire first copies what is published. When it has been served, each waiter of its copy must
/// have left the state `WAITING`: one that hasn't was overtaken. There are no false alarms: the
/// waiter was queued before this acquire began, and waits after it ended.
class FifoOrderTest {
    @ParameterizedTest
    @CsvSource({
        "A, 64, 4, true",
        "A, 64, 4, false",
        "A, 8, 2, false",
        "A, 64, 48, true",
        "B_CALM, 64, 4, true",
        "B_CALM, 64, 4, false",
        "B_CALM, 8, 2, false",
        "B_ALERT, 64, 48, true"
    })
    void engine_manyThreads_nobodyIsOvertaken(
            EngineKind kind, int threads, int slots, boolean virtual) throws InterruptedException {
        Run run = new Run(kind.slots(slots), threads, slots, virtual, false);
        run.execute(40_000);
        assertThat(run.doubleUse).isFalse();
        assertThat(run.overtakings).hasValue(0);
        assertThat(run.engine.overtakings()).isZero();
        assertThat(run.engine.waiting()).isZero();
        assertThat(run.engine.free()).isEqualTo(slots);
        assertThat(run.queued).as("acquires that had to queue").hasPositiveValue();
    }

    @ParameterizedTest
    @EnumSource
    void engine_takersIgnoreTheQueue_theTestSeesIt(EngineKind kind) throws InterruptedException {
        Run run = new Run(kind.slots(2), 16, 2, false, true);
        run.execute(40_000);
        assertThat(run.doubleUse).isFalse();
        assertThat(run.overtakings).hasPositiveValue();
    }

    private static final class Run {
        final FifoEngine engine;
        final AtomicLong overtakings = new AtomicLong();
        final AtomicLong queued = new AtomicLong();
        final AtomicBoolean doubleUse = new AtomicBoolean();
        private final int threads;
        private final boolean virtual;
        private final boolean barging;
        private final FreeSlots words;
        private final AtomicReferenceArray<@Nullable Waiter> published;
        private final AtomicIntegerArray users;

        Run(FreeSlots words, int threads, int slots, boolean virtual, boolean barging) {
            this.threads = threads;
            this.virtual = virtual;
            this.barging = barging;
            this.words = words;
            engine = new FifoEngine(words);
            published = new AtomicReferenceArray<>(threads);
            users = new AtomicIntegerArray(slots);
        }

        void execute(int total) throws InterruptedException {
            CountDownLatch done = new CountDownLatch(threads);
            List<Thread> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int me = t;
                Runnable body =
                        () -> {
                            for (int i = 0; i < total / threads; i++) {
                                cycle(me);
                            }
                            done.countDown();
                        };
                all.add(
                        virtual
                                ? Thread.ofVirtual().unstarted(body)
                                : Thread.ofPlatform().unstarted(body));
            }
            all.forEach(Thread::start);
            // Nothing is free until somebody waits, so that every run has a queue.
            await().until(() -> engine.waiting() > 0);
            for (int i = 0; i < users.length(); i++) {
                engine.put(i, System::nanoTime);
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).as("all threads end").isTrue();
        }

        private void cycle(int me) {
            List<Waiter> before = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Waiter other = published.get(i);
                if (other != null) {
                    before.add(other);
                }
            }
            int slot = barging ? words.claim() : engine.tryTake();
            if (slot < 0) {
                slot = queueUp(me);
            }
            for (Waiter other : before) {
                if (other.state() == Waiter.WAITING) {
                    overtakings.incrementAndGet();
                }
            }
            if (users.incrementAndGet(slot) != 1) {
                doubleUse.set(true);
            }
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
                Thread.yield();
            }
            users.decrementAndGet(slot);
            if (barging) {
                exposeFirst(slot);
            } else {
                engine.put(slot, System::nanoTime);
            }
        }

        /// What a pool does that lets newcomers pass: it marks the slot free, and looks for waiters
        /// afterwards. Without this the test couldn't tell a gate that nobody heeds.
        private void exposeFirst(int slot) {
            words.expose(slot);
            Thread.yield();
            int still = words.claim();
            if (still >= 0) {
                engine.put(still, System::nanoTime);
            }
        }

        private int queueUp(int me) {
            Waiter waiter = new Waiter(Thread.currentThread(), Long.MAX_VALUE);
            engine.enqueue(waiter, 0);
            if (waiter.state() == Waiter.WAITING) {
                queued.incrementAndGet();
                published.set(me, waiter);
            }
            while (waiter.state() == Waiter.WAITING) {
                waiter.park(this, TimeUnit.SECONDS.toNanos(1));
            }
            published.set(me, null);
            return waiter.slot();
        }
    }
}
