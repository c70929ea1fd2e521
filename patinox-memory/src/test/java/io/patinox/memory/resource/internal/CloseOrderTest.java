package io.patinox.memory.resource.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.resource.CleanupPriority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseOrderTest {
    private final Fixtures fixtures = new Fixtures();

    private static List<String> drain(CloseOrder order) {
        List<String> names = new ArrayList<>();
        for (Tracked<?> next = order.next(); next != null; next = order.next()) {
            names.add(next.name());
        }
        return names;
    }

    @Test
    void next_priorityThenNewestFirst_overTheOverflowOfTheClock() {
        List<Tracked<?>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (CleanupPriority priority : CleanupPriority.values()) {
                all.add(fixtures.unlisted(priority.name().charAt(0) + "" + i, priority, null));
            }
        }
        Collections.reverse(all);

        CloseOrder order = new CloseOrder(all);

        assertThat(order.left()).isEqualTo(12);
        assertThat(drain(order))
                .containsExactly(
                        "C2", "C1", "C0", "H2", "H1", "H0", "N2", "N1", "N0", "L2", "L1", "L0");
        assertThat(order.left()).isZero();
    }

    @Test
    void next_timesOfAStripeOutOfOrder_keepsTheOrderOfTheList() {
        ResourceSpec spec = fixtures.unlisted("r").spec();
        List<Tracked<?>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            // the later in the list, the newer by their times, which the list knows better
            all.add(fixtures.unlisted(spec, 1));
        }

        List<Tracked<?>> order = new ArrayList<>();
        CloseOrder close = new CloseOrder(all);
        for (Tracked<?> next = close.next(); next != null; next = close.next()) {
            order.add(next);
        }
        assertThat(order).isEqualTo(all);
    }

    @Test
    void next_twoStripes_mergesThemByTime() {
        ResourceSpec spec = fixtures.unlisted("r").spec();
        List<Tracked<?>> made = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            made.add(fixtures.unlisted(spec, i % 2));
        }
        List<Tracked<?>> byStripe =
                List.of(
                        made.get(4),
                        made.get(2),
                        made.get(0),
                        made.get(5),
                        made.get(3),
                        made.get(1));

        CloseOrder close = new CloseOrder(byStripe);
        List<Tracked<?>> order = new ArrayList<>();
        for (Tracked<?> next = close.next(); next != null; next = close.next()) {
            order.add(next);
        }
        assertThat(order).isEqualTo(made.reversed());
    }

    @Test
    void owned_ownerLives_waitsForIt() {
        Tracked<Object> owner = fixtures.unlisted("owner", CleanupPriority.LOW, null);
        Tracked<Object> owned = fixtures.unlisted("owned", CleanupPriority.CRITICAL, owner);
        CloseOrder order = new CloseOrder(List.of(owned, owner));

        assertThat(order.owns(owner)).isTrue();
        assertThat(order.owns(owned)).isFalse();
        assertThat(drain(order)).containsExactly("owner");
        assertThat(order.left()).isEqualTo(1);
        order.release(owned);
        assertThat(order.next()).isNull();
        order.release(owner);
        assertThat(drain(order)).containsExactly("owned");
        assertThat(order.owns(owner)).isFalse();
    }

    @Test
    void owned_ownerHasEnded_isReadyAtOnce() {
        Tracked<Object> owner = fixtures.unlisted("owner");
        Tracked<Object> owned = fixtures.unlisted("owned", CleanupPriority.LOW, owner);
        owner.detach();

        assertThat(drain(new CloseOrder(List.of(owned)))).containsExactly("owned");
    }

    @Test
    void releaseAll_frees_whatStillWaits() {
        Tracked<Object> owner = fixtures.unlisted("owner");
        CloseOrder order =
                new CloseOrder(
                        List.of(
                                fixtures.unlisted("a", CleanupPriority.LOW, owner),
                                fixtures.unlisted("b", CleanupPriority.HIGH, owner)));
        assertThat(order.next()).isNull();

        order.releaseAll();

        assertThat(drain(order)).containsExactly("b", "a");
        assertThat(order.left()).isZero();
    }
}
