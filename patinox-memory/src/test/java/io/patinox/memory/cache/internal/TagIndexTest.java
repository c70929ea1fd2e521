package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TagIndexTest {

    private final TagIndex<Integer> index = new TagIndex<>();

    @Test
    void changed_tagsComeAndGo_membersFollow() {
        index.changed(1, Set.of(), Set.of("a", "b"));
        index.changed(2, Set.of(), Set.of("b"));
        assertThat(index.members("a")).containsExactly(1);
        assertThat(index.members("b")).containsExactlyInAnyOrder(1, 2);
        assertThat(index.members("c")).isEmpty();

        index.changed(1, Set.of("a", "b"), Set.of("b", "c"));
        assertThat(index.members("a")).isEmpty();
        assertThat(index.members("b")).containsExactlyInAnyOrder(1, 2);
        assertThat(index.members("c")).containsExactly(1);
        assertThat(index.tags()).isEqualTo(2);

        index.changed(1, Set.of("b", "c"), Set.of());
        index.changed(2, Set.of("b"), Set.of());
        assertThat(index.tags()).isZero();
    }

    @Test
    void changed_nothing_isNothing() {
        index.changed(1, Set.of("a"), Set.of("a"));

        assertThat(index.tags()).isZero();
    }

    @Test
    void members_whileTheyChange_isACopy() {
        index.changed(1, Set.of(), Set.of("a"));
        List<Integer> before = index.members("a");

        index.changed(2, Set.of(), Set.of("a"));

        assertThat(before).containsExactly(1);
    }

    @Test
    void changed_byManyThreads_leavesExactlyWhatIsThere() throws InterruptedException {
        long seed = System.nanoTime();
        List<String> tags = List.of("a", "b", "c", "d");
        List<Thread> threads = new ArrayList<>();
        List<Set<String>> last = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            last.add(Set.of());
        }
        for (int t = 0; t < 4; t++) {
            int key = t;
            threads.add(
                    Thread.startVirtualThread(() -> {
                        Random random = new Random(seed + key);
                        Set<String> before = Set.of();
                        for (int i = 0; i < 20_000; i++) {
                            Set<String> after = new HashSet<>(tags);
                            after.removeIf(_ -> random.nextBoolean());
                            index.changed(key, before, after);
                            before = after;
                        }
                        last.set(key, before);
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        for (String tag : tags) {
            for (int key = 0; key < 4; key++) {
                assertThat(index.members(tag).contains(key))
                        .as("seed %d", seed)
                        .isEqualTo(last.get(key).contains(tag));
            }
        }
        for (int key = 0; key < 4; key++) {
            index.changed(key, last.get(key), Set.of());
        }
        assertThat(index.tags()).as("seed %d", seed).isZero();
    }
}
