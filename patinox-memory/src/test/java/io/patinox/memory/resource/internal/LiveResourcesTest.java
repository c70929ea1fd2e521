package io.patinox.memory.resource.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.resource.CleanupPriority;
import io.patinox.memory.resource.ResourceBalance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LiveResourcesTest {
    private final Fixtures fixtures = new Fixtures();
    private final Stripe stripe = new PaddedStripe();

    private List<Tracked<?>> link(int count) {
        List<Tracked<?>> linked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Tracked<Object> tracked = fixtures.unlisted("r" + i);
            assertThat(stripe.link(tracked)).isTrue();
            linked.add(tracked);
        }
        return linked;
    }

    private List<Tracked<?>> walk() {
        List<Tracked<?>> seen = new ArrayList<>();
        stripe.walk(seen::add);
        return seen;
    }

    private void end(Tracked<?> tracked, int end) {
        tracked.queueUp(Word.EXIT_CLOSED);
        tracked.claimQueued();
        tracked.begin();
        assertThat(end == Word.ABANDONED ? tracked.abandon() : tracked.endRun(end)).isTrue();
        stripe.unlink(tracked, end);
    }

    private void end(Tracked<?> tracked) {
        end(tracked, Word.CLEANED);
    }

    private Stripe.Counts counts() {
        Stripe.Counts sum = new Stripe.Counts();
        stripe.addCounts(sum);
        return sum;
    }

    @Test
    void walk_anySize_seesAllNewestFirst() {
        for (int size : List.of(0, 1, 2, 1_000)) {
            int before = walk().size();
            List<Tracked<?>> linked = link(size);
            List<Tracked<?>> seen = walk();
            assertThat(seen).hasSize(before + size);
            assertThat(seen.subList(0, size)).isEqualTo(linked.reversed());
            assertThat(walk()).isEqualTo(seen);
        }
    }

    @Test
    void unlink_anyPlace_takesItOffTheList() {
        List<Tracked<?>> linked = link(5);
        for (int index : List.of(2, 0, 4, 1, 3)) {
            end(linked.get(index));
            assertThat(walk()).doesNotContain(linked.get(index));
        }
        assertThat(walk()).isEmpty();
        assertThat(link(1)).isEqualTo(walk());
    }

    @Test
    void walk_endsMeanwhile_seesWhatStaysOnce() {
        List<Tracked<?>> linked = link(400);
        Set<Tracked<?>> stays = new HashSet<>();
        for (int i = 0; i < linked.size(); i += 3) {
            stays.add(linked.get(i));
        }
        List<Tracked<?>> seen = new ArrayList<>();
        stripe.walk(tracked -> {
            seen.add(tracked);
            if (seen.size() == 1) {
                linked.stream().filter(t -> !stays.contains(t)).forEach(this::end);
                link(10);
            }
        });

        assertThat(seen).doesNotHaveDuplicates().containsAll(stays);
        assertThat(walk()).hasSize(stays.size() + 10);
    }

    @Test
    void walk_insideAWalk_isNotDisturbed() {
        List<Tracked<?>> linked = link(250);
        List<Tracked<?>> outer = new ArrayList<>();
        stripe.walk(tracked -> {
            if (outer.size() % 100 == 0) {
                assertThat(walk()).hasSize(linked.size());
            }
            outer.add(tracked);
        });

        assertThat(outer).isEqualTo(linked.reversed());
    }

    @Test
    void walk_standsOnWhatEnds_reachesWhatStays() {
        List<Tracked<?>> linked = link(100);
        Tracked<?> oldest = linked.getFirst();
        List<Tracked<?>> seen = new ArrayList<>();
        stripe.walk(tracked -> {
            seen.add(tracked);
            if (tracked.equals(linked.getLast())) {
                // the walk stands on the first of a row that is taken off, from either side
                linked.subList(50, 100).reversed().forEach(this::end);
                linked.subList(1, 50).forEach(this::end);
            }
        });

        assertThat(seen).contains(oldest);
        assertThat(walk()).isEqualTo(List.of(oldest));
        assertThat(oldest.next).isNull();
    }

    @Test
    void unlink_noWalkUnderWay_leavesNoLinkBehind() {
        List<Tracked<?>> linked = link(3);
        assertThatThrownBy(() ->
                        stripe.walk(t -> {
                            throw new IllegalStateException("visitor");
                        }))
                .hasMessage("visitor");
        linked.reversed().forEach(this::end);

        assertThat(linked).allMatch(t -> t.next == null && t.previous == null);
    }

    @Test
    void counts_everyEnd_countOnce() {
        List<Tracked<?>> linked = link(4);
        end(linked.get(0), Word.CLEANED);
        end(linked.get(1), Word.FAILED);
        end(linked.get(2), Word.ABANDONED);
        assertThat(linked.get(3).detach()).isTrue();
        assertThat(walk()).isEmpty(); // not taken off yet, but not open either
        stripe.unlink(linked.get(3), Word.DETACHED);
        stripe.countUnlisted(Word.CLEANED);

        Stripe.Counts sum = counts();
        assertThat(sum.acquired).isEqualTo(5);
        assertThat(sum.cleaned).isEqualTo(2);
        assertThat(sum.failed).isEqualTo(1);
        assertThat(sum.abandoned).isEqualTo(1);
        assertThat(sum.detached).isEqualTo(1);
        assertThat(walk()).isEmpty();
    }

    @Test
    void link_afterRefuseNew_isRefusedAndNotCounted() {
        stripe.refuseNew();

        assertThat(stripe.link(fixtures.unlisted("late"))).isFalse();
        assertThat(counts().acquired).isZero();
        assertThat(walk()).isEmpty();
    }

    @Test
    void live_manyThreads_keepsTheBalance() throws Exception {
        for (int processors : List.of(0, 1, 3, 1_000)) {
            LiveResources live = new LiveResources(processors);
            List<Thread> threads = new ArrayList<>();
            AtomicBoolean broken = new AtomicBoolean();
            for (int t = 0; t < 8; t++) {
                threads.add(Thread.ofVirtual().start(() -> churn(live, broken)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            live.stripe(0).countUnlisted(Word.CLEANED);
            assertThat(broken).isFalse();
            assertThat(live.balance()).isEqualTo(new ResourceBalance(801, 401, 0, 0, 0, 400));
            assertThat(live.list()).hasSize(400).doesNotHaveDuplicates();
            assertThat(live.activity()).isEqualTo(801);
            live.refuseNew();
            assertThat(live.stripe(0).link(fixtures.unlisted("late"))).isFalse();
        }
    }

    private void churn(LiveResources live, AtomicBoolean broken) {
        int home = live.home(Thread.currentThread());
        ResourceSpec spec = fixtures.spec("r", CleanupPriority.NORMAL, 1, null);
        for (int i = 0; i < 100; i++) {
            Tracked<Object> tracked = fixtures.unlisted(spec, home);
            boolean ok = live.stripe(home).link(tracked);
            if (i % 2 == 0) {
                ok &= tracked.claimHere();
                tracked.endHere(Word.CLEANED);
                live.stripe(tracked).unlink(tracked, Word.CLEANED);
            }
            if (!ok) {
                broken.set(true);
            }
        }
    }
}
