package io.patinox.contract.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.config.LiveConfig;
import io.patinox.memory.share.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever is told of changes hurts nobody, whatever they do.
class SubscribersTest {
    @TempDir Path dir;
    private LiveConfig<Settings> config;
    private final List<Integer> good = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws IOException {
        Path file = Files.writeString(dir.resolve("app.properties"), Settings.text(1));
        config =
                LiveConfig.builder(Settings.class).settle(Duration.ofMillis(20)).file(file).build();
    }

    @AfterEach
    void close() {
        config.close();
    }

    private void change(int number) {
        assertThat(config.propose(new Settings(number, "", number)).isGood()).isTrue();
        await().until(() -> good.contains(number));
    }

    @Test
    void subscriber_blocking_keepsNobodyElse() {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Integer> late = new CopyOnWriteArrayList<>();
        config.watch()
                .subscribe(next -> {
                    blocked.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    late.add(next.value().first());
                });
        config.watch().subscribe(next -> good.add(next.value().first()));
        await().until(() -> blocked.getCount() == 0);
        change(2);
        change(3);
        change(4);

        release.countDown();

        // what it was told first, and the newest
        await().until(() -> late.contains(4));
        assertThat(late).doesNotContain(2, 3);
    }

    @Test
    void subscriber_throwing_isCalledAgain() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        config.watch()
                .subscribe(next -> {
                    seen.add(next.value().first());
                    throw new IllegalStateException("always");
                });
        config.watch().subscribe(next -> good.add(next.value().first()));
        change(2);
        await().until(() -> seen.contains(2));
        change(3);
        await().until(() -> seen.contains(3));

        assertThat(config.metrics().counters().get("config.callback.failed")).isPositive();
    }

    @Test
    void subscriber_leavingInItsCall_isNotCalledAgain() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        AtomicReference<Subscription> self = new AtomicReference<>();
        self.set(
                config.watch()
                        .subscribe(
                                1,
                                Runnable::run,
                                next -> {
                                    seen.add(next.value().first());
                                    self.get().close();
                                }));
        config.watch().subscribe(next -> good.add(next.value().first()));
        change(2);
        await().until(() -> seen.contains(2));
        change(3);

        assertThat(seen).containsExactly(2);
    }

    @Test
    void binding_madeInACall_follows() {
        List<Integer> inner = new CopyOnWriteArrayList<>();
        config.select(Settings::first)
                .bind(first -> {
                    good.add(first);
                    if (first == 2) {
                        config.select(Settings::last).bind(inner::add);
                    }
                });
        change(2);
        await().until(() -> inner.contains(2));
        change(3);

        await().until(() -> inner.contains(3));
    }
}
