package io.patinox.memory.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.ShareClosedException;
import io.patinox.memory.error.ShareImmutableException;
import io.patinox.memory.error.ShareInterruptedException;
import io.patinox.memory.error.ShareReentrantException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Handles while somebody is inside an update of theirs, and the ends of counted ones.
@Timeout(30)
class HandleRacesTest {
    private static final Copier<List<String>> COPIER =
            Copier.of(ArrayList::new, Collections::unmodifiableList);

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);

    private <T> T stay(T payload) {
        inside.countDown();
        await(leave);
        return payload;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> CompletableFuture<T> async(Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        result.complete(call.get());
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                });
        return result;
    }

    private <T> T afterTheUpdate(SharedData<?> data, CompletableFuture<T> other)
            throws InterruptedException, ExecutionException, TimeoutException {
        Awaitility.await().until(() -> data.gate().hasQueuedThreads());
        assertThat(other).isNotDone();
        leave.countDown();
        return other.get(20, TimeUnit.SECONDS);
    }

    @Test
    void share_tryUpdateUnderWay_getsTheNewVersion() throws Exception {
        SharedData<String> data = SharedData.of("old");
        async(() -> data.tryUpdate(old -> stay("new")));
        await(inside);
        assertThat(data.get()).as("reads never wait").isEqualTo("old");
        assertThat(data.snapshot().version()).isEqualTo(1);
        assertThat(data.isExclusive()).isFalse();
        assertThat(afterTheUpdate(data, async(data::share)).get()).isEqualTo("new");
    }

    @Test
    void share_updateUnderWay_doesNotWait() {
        SharedData<String> data = SharedData.of("old");
        async(() -> data.update(old -> stay("new")));
        await(inside);
        assertThat(data.share().get()).isEqualTo("old");
        leave.countDown();
        Awaitility.await().until(() -> data.get().equals("new"));
    }

    @Test
    void get_inPlaceUpdateUnderWay_waits() throws Exception {
        SharedData<List<String>> data = SharedData.copyOnWrite(new ArrayList<>(), COPIER);
        async(() ->
                data.mutate(list -> {
                    list.add("a");
                    stay(list);
                    list.add("b");
                }));
        await(inside);
        assertThat(afterTheUpdate(data, async(data::get))).containsExactly("a", "b");
        assertThat(data.statistics().toString()).contains("copiesAvoided=1", "shares=1");
    }

    @Test
    void get_copyUnderWay_doesNotWait() {
        SharedData<List<String>> data = SharedData.copyOnWrite(new ArrayList<>(), COPIER);
        data.share();
        async(() -> data.update(this::stay));
        await(inside);
        assertThat(data.get()).isEmpty();
        assertThat(data.<Integer>read(List::size)).isZero();
        assertThat(data.share().version()).isEqualTo(1);
        leave.countDown();
        Awaitility.await().until(() -> data.version() == 2);
    }

    @Test
    void update_interruptedWhileItWaits_saysSo() throws Exception {
        SharedData<String> data = SharedData.of("old");
        async(() -> data.update(old -> stay("new")));
        await(inside);
        Thread waiting =
                Thread.ofPlatform()
                        .start(() -> {
                            assertThatThrownBy(() -> data.update(old -> "never"))
                                    .isInstanceOf(ShareInterruptedException.class);
                            if (Thread.currentThread().isInterrupted()) {
                                leave.countDown();
                            }
                        });
        Awaitility.await().until(() -> data.gate().hasQueuedThread(waiting));
        waiting.interrupt();
        waiting.join();
        await(leave);
        Awaitility.await().until(() -> data.get().equals("new"));
    }

    @Test
    void counted_lifecycle_isExact() {
        CountedSharedData<List<String>> first = SharedData.counted(new ArrayList<>(), COPIER);
        CountedSharedData<List<String>> second = first.share();
        assertThat(first.handles()).isEqualTo(2);
        assertThat(first.tryUpdate(list -> list)).isFalse();
        second.mutate(list -> list.add("second"));
        assertThat(first.tryUpdate(list -> list)).as("the other one has left").isTrue();
        assertThat(second.<List<String>>read(List::copyOf)).containsExactly("second");
        assertThat(second.snapshot().version()).isEqualTo(2);
        assertThat(second.isExclusive()).as("handed out").isFalse();
        assertThat(second.get()).containsExactly("second");
        assertThatThrownBy(() -> second.update(list -> closing(second, list)))
                .isInstanceOf(ShareReentrantException.class);
        second.close();
        second.close();
        assertThat(second.isClosed()).isTrue();
        assertThatThrownBy(second::get).isInstanceOf(ShareClosedException.class);
        assertThatThrownBy(second::version).isInstanceOf(ShareClosedException.class);
        assertThat(first.handles()).isEqualTo(1);
    }

    private static <T> T closing(CountedSharedData<?> data, T payload) {
        data.close();
        return payload;
    }

    @Test
    void update_failures_areCounted() {
        SharedData<String> text = SharedData.of("a");
        assertThatThrownBy(() -> text.mutate(payload -> {}))
                .isInstanceOf(ShareImmutableException.class);
        assertThatThrownBy(() -> text.tryUpdate(HandleRacesTest::fail)).hasMessage("no");
        assertThat(text.isExclusive()).as("the claim is given up").isTrue();
        assertThat(text.statistics().failures()).isEqualTo(1);
        assertThat(text.compareAndUpdate(1, old -> "b")).isTrue();
        assertThat(text.compareAndUpdate(1, old -> "c")).isFalse();
        SharedData<List<String>> list = SharedData.copyOnWrite(new ArrayList<>(), COPIER);
        assertThatThrownBy(() -> list.update(HandleRacesTest::fail)).hasMessage("no");
        assertThat(list.version()).as("may have been changed").isEqualTo(2);
        list.get();
        assertThatThrownBy(() -> list.update(HandleRacesTest::fail)).hasMessage("no");
        assertThat(list.version()).as("was not changed").isEqualTo(2);
        assertThat(list.statistics().failures()).isEqualTo(2);
        assertThat(list.statistics().updates()).isEqualTo(1);
        assertThat(list.update(old -> new ArrayList<>(List.of("other")))).isEqualTo(3);
        assertThat(list.map(List::size).get()).isEqualTo(1);
        assertThat(list.toString()).isEqualTo("SharedData[version=3]");
    }

    private static <T> T fail(T payload) {
        throw new IllegalStateException("no");
    }
}
