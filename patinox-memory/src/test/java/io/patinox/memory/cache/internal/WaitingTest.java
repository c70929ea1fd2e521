package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.CacheInterruptedException;
import io.patinox.memory.error.CacheRecursiveException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static Flight<String, Integer> flight(String key, Thread owner) {
        Flight<String, Integer> flight = new Flight<>(key, 0, Flight.Kind.LOAD, null, null);
        flight.owner = owner;
        return flight;
    }

    @Test
    void await_ownFlight_isRefused() {
        Flight<String, Integer> own = flight("a", Thread.currentThread());
        assertThatThrownBy(() -> Waiting.await("c", own))
                .isInstanceOfSatisfying(
                        CacheRecursiveException.class,
                        e -> assertThat(e.chain()).containsExactly("a", "a"));
    }

    @Test
    void await_circleOfThree_namesTheKeysInOrder() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        Flight<String, Integer> mine = flight("a", Thread.currentThread());
        Flight<String, Integer> second = new Flight<>("b", 0, Flight.Kind.LOAD, null, null);
        Flight<String, Integer> third = new Flight<>("c", 0, Flight.Kind.LOAD, null, null);
        Thread one = Thread.ofPlatform().start(() -> waited(ready, third));
        Thread other = Thread.ofPlatform().start(() -> waited(ready, mine));
        second.owner = one;
        third.owner = other;
        ready.countDown();
        await().until(() ->
                one.getState() == Thread.State.WAITING && other.getState() == Thread.State.WAITING);
        assertThatThrownBy(() -> Waiting.await("c", second))
                .isInstanceOfSatisfying(
                        CacheRecursiveException.class,
                        e -> assertThat(e.chain()).containsExactly("b", "c", "a", "b"));
        third.landing.complete(1);
        mine.landing.complete(1);
        one.join();
        other.join();
    }

    private static void waited(CountDownLatch ready, Flight<String, Integer> flight) {
        try {
            ready.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        Waiting.await("c", flight);
    }

    @Test
    void await_landedOrFailed_returns() {
        Flight<String, Integer> own = flight("a", Thread.currentThread());
        own.fail(new IllegalStateException());
        own.fail(new ArithmeticException());
        assertThatCode(() -> Waiting.await("c", own)).doesNotThrowAnyException();
        assertThat(own.failure).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void await_interrupted_throwsAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Waiting.await("c", flight("a", new Thread())))
                .isInstanceOf(CacheInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
