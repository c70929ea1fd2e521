package io.patinox.memory.resource.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.resource.CleanupPriority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
        Collections.shuffle(all, new Random(7));

        CloseOrder order = new CloseOrder(all);

        assertThat(order.left()).isEqualTo(12);
        assertThat(drain(order))
                .containsExactly(
                        "C2", "C1", "C0", "H2", "H1", "H0", "N2", "N1", "N0", "L2", "L1", "L0");
        assertThat(order.left()).isZero();
    }

    @Test
    void next_equalTimes_keepsTheOrderOfTheList() {
        List<Tracked<?>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Tracked<Object> tracked = fixtures.unlisted("r" + i);
            tracked.acquiredAt(0);
            all.add(tracked);
        }

        assertThat(drain(new CloseOrder(all)))
                .containsExactlyElementsOf(all.stream().map(Tracked::name).toList());
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
        owner.moveTo(Tracked.DETACHED);

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
