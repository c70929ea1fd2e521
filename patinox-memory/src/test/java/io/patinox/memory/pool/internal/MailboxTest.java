package io.patinox.memory.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final Mailbox box = new Mailbox();

    @Test
    void takeAll_nothingPosted_isNull() {
        assertThat(box.isEmpty()).isTrue();
        assertThat(box.takeAll()).isNull();
    }

    @Test
    void takeAll_somePosted_leadsFromTheOldestToTheNewest() {
        for (int slot = 0; slot < 4; slot++) {
            box.post(new Mail.Returned(slot));
        }
        assertThat(box.isEmpty()).isFalse();
        assertThat(slots(box.takeAll())).containsExactly(0, 1, 2, 3);
        assertThat(box.isEmpty()).isTrue();
    }

    @Test
    void post_manyThreads_losesNothingAndKeepsTheOrderOfEach() throws InterruptedException {
        int threads = 4;
        int each = 5_000;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            int first = t * each;
            Thread.ofVirtual()
                    .start(() -> {
                        for (int i = 0; i < each; i++) {
                            box.post(new Mail.Returned(first + i));
                        }
                        done.countDown();
                    });
        }
        List<Integer> all = new ArrayList<>();
        boolean over = false;
        while (!over) {
            over = done.await(1, TimeUnit.MILLISECONDS);
            all.addAll(slots(box.takeAll()));
        }
        assertThat(all).hasSize(threads * each).doesNotHaveDuplicates();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            assertThat(all.stream().filter(slot -> slot / each == thread)).isSorted();
        }
    }

    private static List<Integer> slots(@org.jspecify.annotations.Nullable Mail oldest) {
        List<Integer> slots = new ArrayList<>();
        for (Mail mail = oldest; mail != null; mail = mail.other) {
            slots.add(((Mail.Returned) mail).slot);
        }
        return slots;
    }
}
