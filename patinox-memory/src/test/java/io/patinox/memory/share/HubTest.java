package io.patinox.memory.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.ShareClosedException;
import io.patinox.memory.error.ShareInterruptedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Those who wait and those who are called, one way each.
@Timeout(30)
class HubTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final MutableSharedData<Integer> data = MutableSharedData.of(0);
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private final class Notes implements Flow.Subscriber<Snapshot<Integer>> {
        volatile Flow.@Nullable Subscription subscription;

        Flow.Subscription subscribed() {
            data.watch().subscribe(this);
            Awaitility.await().until(() -> subscription != null);
            return java.util.Objects.requireNonNull(subscription);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Snapshot<Integer> snapshot) {
            calls.add("version " + snapshot.version());
            if (snapshot.value() == 13) {
                throw new IllegalStateException("no");
            }
        }

        @Override
        public void onError(Throwable failure) {
            calls.add(failure.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            calls.add("complete");
        }
    }

    private void awaitLast(String call) {
        Awaitility.await().until(() -> !calls.isEmpty() && calls.getLast().equals(call));
    }

    @Test
    void await_version_comesOrTimesOut() {
        assertThat(data.watch().await(0, Duration.ZERO)).contains(new Snapshot<>(0, 1));
        assertThat(data.watch().await(1, Duration.ofMillis(2))).isEmpty();
        Thread.ofVirtual()
                .start(() -> {
                    Awaitility.await()
                            .until(() -> data.metrics().gauges().get("share.waiting") > 0);
                    data.write(n -> 1);
                });
        assertThat(data.watch().await(1, LONG)).contains(new Snapshot<>(1, 2));
    }

    @Test
    void await_interrupted_saysSo() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> data.watch().await(1, LONG))
                .isInstanceOf(ShareInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void await_closedMeanwhile_isRefused() {
        Thread.ofVirtual()
                .start(() -> {
                    Awaitility.await()
                            .until(() -> data.metrics().gauges().get("share.waiting") > 0);
                    data.close();
                });
        assertThatThrownBy(() -> data.watch().await(1, LONG))
                .isInstanceOf(ShareClosedException.class);
    }

    @Test
    void flow_demand_isKept() {
        Flow.Subscription subscription = new Notes().subscribed();
        data.write(n -> 1);
        subscription.request(1);
        awaitLast("version 2");
        data.write(n -> 2);
        data.close();
        subscription.request(Long.MAX_VALUE);
        subscription.request(Long.MAX_VALUE);
        awaitLast("complete");
        assertThat(calls).containsExactly("version 2", "version 3", "complete");
    }

    @Test
    void flow_misuse_isAnError() {
        Flow.Subscription subscription = new Notes().subscribed();
        subscription.request(0);
        awaitLast("InvalidOptionException");
        subscription.request(1);
        subscription.cancel();
        assertThat(data.metrics().gauges()).containsEntry("share.subscribers", 0L);
    }

    @Test
    void flow_throwing_isCancelled() {
        data.write(n -> 13);
        new Notes().subscribed().request(5);
        Awaitility.await().until(() -> data.metrics().gauges().get("share.subscribers") == 0);
        assertThat(data.metrics().counters()).containsEntry("share.callback.failed", 1L);
    }

    @Test
    void flow_closedData_isAnError() {
        data.close();
        new Notes().subscribed();
        awaitLast("ShareClosedException");
    }

    @Test
    void subscriber_error_goesToTheHandlerAndIsToldAgain() {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            uncaught.add(failure);
            throw new IllegalStateException("a handler that fails");
        });
        try {
            data.watch()
                    .subscribe(snapshot -> {
                        throw new AssertionError("no");
                    });
            Awaitility.await().dontCatchUncaughtExceptions().until(() -> uncaught.size() == 1);
            data.write(n -> 1);
            Awaitility.await().dontCatchUncaughtExceptions().until(() -> uncaught.size() == 2);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        Awaitility.await().until(() -> data.metrics().counters().get("share.callback.failed") == 4);
    }
}
