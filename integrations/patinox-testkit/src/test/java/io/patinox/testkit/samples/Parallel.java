package io.patinox.testkit.samples;

import static io.patinox.testkit.samples.Leaky.leak;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.patinox.testkit.FailOnLeak;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/// Tests that run at the same time, as two barriers see to.
public final class Parallel {
    private Parallel() {}

    @FailOnLeak
    public static class OnItsThread {
        private static final CyclicBarrier BARRIER = new CyclicBarrier(2);

        @Test
        void leaks() throws Exception {
            BARRIER.await(20, SECONDS);
            leak("while two run");
            BARRIER.await(20, SECONDS);
        }

        @Test
        void innocent() throws Exception {
            BARRIER.await(20, SECONDS);
            BARRIER.await(20, SECONDS);
        }
    }

    @FailOnLeak
    public static class OnAnotherThread {
        private static final CyclicBarrier BARRIER = new CyclicBarrier(2);

        @Test
        void leaks() throws Exception {
            BARRIER.await(20, SECONDS);
            Thread.ofPlatform().start(new Loser()).join();
            BARRIER.await(20, SECONDS);
        }

        @Test
        void innocent() throws Exception {
            BARRIER.await(20, SECONDS);
            BARRIER.await(20, SECONDS);
        }
    }
}

/// Has no frame of a test on its thread.
final class Loser implements Runnable {
    @Override
    public void run() {
        leak("on another thread");
    }
}
