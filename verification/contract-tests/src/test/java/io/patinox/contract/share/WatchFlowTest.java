package io.patinox.contract.share;

import static io.patinox.contract.share.Threads.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.error.ShareClosedException;
import io.patinox.memory.share.MutableSharedData;
import io.patinox.memory.share.Snapshot;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The watch as a reactive publisher, rule by rule.
@Timeout(60)
class WatchFlowTest {
    private final MutableSharedData<Integer> data = MutableSharedData.of(0);

    /// Notes what it is called with, and that nobody calls it twice at a time.
    private static class Notes implements Flow.Subscriber<Snapshot<Integer>> {
        final List<String> calls = new CopyOnWriteArrayList<>();
        final AtomicInteger inside = new AtomicInteger();
        volatile Flow.@Nullable Subscription subscription;

        void note(String call) {
            assertThat(inside.incrementAndGet()).as("one call at a time").isEqualTo(1);
            calls.add(call);
            inside.decrementAndGet();
        }

        Flow.Subscription subscription() {
            await().atMost(SOON).until(() -> subscription != null);
            return Objects.requireNonNull(subscription);
        }

        void awaitLast(String call) {
            await().atMost(SOON).until(() -> !calls.isEmpty() && calls.getLast().equals(call));
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            note("subscribed");
            this.subscription = subscription;
        }

        @Override
        public void onNext(Snapshot<Integer> snapshot) {
            note("version " + snapshot.version());
        }

        @Override
        public void onError(Throwable failure) {
            note("error " + failure.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            note("complete");
        }
    }

    @Test
    void request_some_getsTheNewestEach() {
        Notes notes = new Notes();
        data.watch().subscribe(notes);
        Flow.Subscription subscription = notes.subscription();
        data.write(n -> 1);
        data.write(n -> 2);
        assertThat(notes.calls).as("nothing that was not requested").containsExactly("subscribed");

        subscription.request(1);
        notes.awaitLast("version 3");
        data.write(n -> 3);
        subscription.request(Long.MAX_VALUE);
        subscription.request(Long.MAX_VALUE);
        notes.awaitLast("version 4");
        data.write(n -> 4);
        notes.awaitLast("version 5");
        data.close();
        notes.awaitLast("complete");

        assertThat(notes.calls)
                .containsExactly("subscribed", "version 3", "version 4", "version 5", "complete");
    }

    @Test
    void request_notPositive_isAnError() {
        for (long n : List.of(0L, -1L, Long.MIN_VALUE)) {
            Notes notes = new Notes();
            data.watch().subscribe(notes);
            notes.subscription().request(n);
            notes.awaitLast("error InvalidOptionException");
            notes.subscription().request(1);
            data.write(v -> v + 1);
            assertThat(data.metrics().gauges()).containsEntry("share.subscribers", 0L);
            assertThat(notes.calls).hasSize(2);
        }
    }

    @Test
    void cancel_anyTime_ends() {
        Notes notes =
                new Notes() {
                    @Override
                    public void onNext(Snapshot<Integer> snapshot) {
                        super.onNext(snapshot);
                        subscription().cancel();
                        subscription().cancel();
                        subscription().request(5);
                    }
                };
        data.watch().subscribe(notes);
        notes.subscription().request(10);
        await().atMost(SOON).until(() -> data.metrics().gauges().get("share.subscribers") == 0);
        data.write(n -> 1);
        assertThat(notes.calls).containsExactly("subscribed", "version 1");
    }

    @Test
    void subscriber_throws_isCancelled() {
        Notes notes =
                new Notes() {
                    @Override
                    public void onNext(Snapshot<Integer> snapshot) {
                        throw new IllegalStateException("no");
                    }
                };
        data.watch().subscribe(notes);
        notes.subscription().request(10);
        await().atMost(SOON).until(() -> data.metrics().gauges().get("share.subscribers") == 0);
        assertThat(data.metrics().counters()).containsEntry("share.callback.failed", 1L);
    }

    @Test
    void close_withoutDemand_completesAfterTheLastValue() {
        Notes notes = new Notes();
        data.watch().subscribe(notes);
        Flow.Subscription subscription = notes.subscription();
        data.write(n -> 1);
        data.close();
        subscription.request(1);
        notes.awaitLast("complete");
        assertThat(notes.calls).containsExactly("subscribed", "version 2", "complete");
    }

    @Test
    void subscribe_closedOrNull_isRefusedAsTheRulesSay() {
        data.close();
        Notes notes = new Notes();
        data.watch().subscribe(notes);
        notes.awaitLast("error " + ShareClosedException.class.getSimpleName());
        assertThat(notes.calls).hasSize(2);
        Flow.Subscriber<Snapshot<Integer>> none = none();
        assertThatThrownBy(() -> data.watch().subscribe(none))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void subscribe_aJdkPublisher_getsEverythingNew() {
        List<Integer> values = new CopyOnWriteArrayList<>();
        try (SubmissionPublisher<Integer> next = new SubmissionPublisher<>()) {
            var done = next.consume(values::add);
            data.watch()
                    .subscribe(
                            new Notes() {
                                @Override
                                public void onSubscribe(Flow.Subscription subscription) {
                                    subscription.request(Long.MAX_VALUE);
                                }

                                @Override
                                public void onNext(Snapshot<Integer> snapshot) {
                                    next.submit(snapshot.value());
                                }
                            });
            data.write(n -> 5);
            await().atMost(SOON).until(() -> values.contains(5));
            assertThat(done).isNotDone();
        }
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <X> X none() {
        return null;
    }
}
