package io.patinox.memory.resource.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    private void end(Tracked<?> tracked) {
        tracked.claim(Thread.currentThread());
        assertThat(stripe.settle(tracked, Tracked.CLEANED)).isTrue();
    }

    private Stripe.Counts counts() {
        Stripe.Counts sum = new Stripe.Counts();
        stripe.addCounts(sum);
        return sum;
    }

    @Test
    void walk_sizesAroundTheStep_seesAllNewestFirst() {
        for (int size : List.of(0, 1, 2, Stripe.STEP - 1, 1, Stripe.STEP, 1, 2 * Stripe.STEP)) {
            int before = walk().size();
            List<Tracked<?>> linked = link(size);
            List<Tracked<?>> seen = walk();
            assertThat(seen).hasSize(before + size);
            assertThat(seen.subList(0, size)).isEqualTo(linked.reversed());
            assertThat(walk()).isEqualTo(seen);
            assertThat(seen.isEmpty() ? 0 : links(seen.getFirst())).isEqualTo(seen.size());
        }
    }

    @Test
    void settle_anyPlace_takesItOffTheList() {
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
        List<Tracked<?>> linked = link(3 * Stripe.STEP);
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
        List<Tracked<?>> linked = link(2 * Stripe.STEP + 7);
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
    void walk_visitorThrows_leavesNoCursorBehind() {
        List<Tracked<?>> linked = link(Stripe.STEP + 1);
        assertThatThrownBy(() ->
                        stripe.walk(t -> {
                            throw new IllegalStateException("visitor");
                        }))
                .hasMessage("visitor");

        assertThat(links(linked.getLast())).isEqualTo(Stripe.STEP + 1);
    }

    /// {@return the length of the list itself, in which a forgotten cursor would show}
    private static int links(Tracked<?> newest) {
        int links = 0;
        for (Tracked<?> at = newest; at != null; at = at.next) {
            assertThat(at.state()).isEqualTo(Tracked.OPEN);
            links++;
        }
        return links;
    }

    @Test
    void counts_everyEnd_countOnce() {
        List<Tracked<?>> linked = link(5);
        end(linked.get(0));
        linked.get(1).claim(Thread.currentThread());
        assertThat(stripe.settle(linked.get(1), Tracked.FAILED)).isTrue();
        assertThat(stripe.settle(linked.get(1), Tracked.CLEANED)).isFalse();
        linked.get(2).claim(Thread.currentThread());
        assertThat(stripe.settle(linked.get(2), Tracked.ABANDONED)).isTrue();
        assertThat(stripe.settle(linked.get(3), Tracked.DETACHED)).isTrue();
        assertThat(stripe.abandonUnstarted(linked.get(4))).isTrue();
        assertThat(stripe.abandonUnstarted(linked.get(4))).isFalse();
        stripe.countUnlisted(Tracked.CLEANED);

        Stripe.Counts sum = counts();
        assertThat(sum.acquired).isEqualTo(6);
        assertThat(sum.cleaned).isEqualTo(2);
        assertThat(sum.failed).isEqualTo(1);
        assertThat(sum.abandoned).isEqualTo(2);
        assertThat(sum.detached).isEqualTo(1);
        assertThat(walk()).isEmpty();
        assertThatThrownBy(() -> stripe.countUnlisted(Tracked.OPEN))
                .isInstanceOf(IllegalArgumentException.class);
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
            live.countUnlisted(Tracked.CLEANED);
            assertThat(broken).isFalse();
            assertThat(live.balance()).isEqualTo(new ResourceBalance(801, 401, 0, 0, 0, 400));
            assertThat(live.list()).hasSize(400).doesNotHaveDuplicates();
            live.refuseNew();
            assertThat(live.link(fixtures.unlisted("late"))).isFalse();
        }
    }

    private void churn(LiveResources live, AtomicBoolean broken) {
        for (int i = 0; i < 100; i++) {
            Tracked<Object> tracked = fixtures.unlisted("r");
            boolean ok = live.link(tracked);
            if (i % 2 == 0) {
                ok &= tracked.claim(Thread.currentThread());
                ok &= live.settle(tracked, Tracked.CLEANED);
            }
            if (!ok) {
                broken.set(true);
            }
        }
    }
}
