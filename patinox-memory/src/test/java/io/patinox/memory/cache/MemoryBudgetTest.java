package io.patinox.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patinox.memory.cache.MissRatioCurve.Point;
import io.patinox.memory.error.CacheClosedException;
import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.monitor.Health;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final MissRatioCurve UNKNOWN = new MissRatioCurve(List.of(), 0);
    private static final MissRatioCurve CONCAVE =
            new MissRatioCurve(
                    List.of(
                            new Point(1_000, 0.5),
                            new Point(2_000, 0.7),
                            new Point(4_000, 0.8),
                            new Point(8_000, 0.85)),
                    50_000);

    private final MemoryBudget budget =
            MemoryBudget.builder(10_000).name("all").interval(Duration.ZERO).build();

    @AfterEach
    void closeBudget() {
        budget.close();
    }

    private static final class Member implements BudgetMember {
        private final String name;
        private final List<Long> given = new CopyOnWriteArrayList<>();
        private volatile MissRatioCurve curve = UNKNOWN;
        private volatile long reads;
        private volatile Runnable onGiven = () -> {};

        Member(String name) {
            this.name = name;
        }

        long bytes() {
            return given.getLast();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public MissRatioCurve curve() {
            return curve;
        }

        @Override
        public long reads() {
            return reads;
        }

        @Override
        public long entries() {
            return 1_000;
        }

        @Override
        public long usedBytes() {
            return 1_000;
        }

        @Override
        public void maxBytes(long maxBytes) {
            given.add(maxBytes);
            onGiven.run();
        }
    }

    private Member member(String name) {
        Member member = new Member(name);
        budget.register(member, 100, 9_000);
        return member;
    }

    @Test
    void register_severalMembers_sharesEqually() {
        Member first = member("a");
        assertThat(first.bytes()).isEqualTo(9_000);

        Member second = member("b");

        assertThat(first.bytes() + second.bytes()).isBetween(9_990L, 10_000L);
        assertThat(second.bytes()).isGreaterThan(3_000);
        assertThat(budget.shares()).extracting(BudgetShare::member).containsExactly("a", "b");
        assertThat(budget.shares().getFirst())
                .isEqualTo(new BudgetShare("a", first.bytes(), 1_000, 100, 9_000));
    }

    @Test
    void rebalance_oneIsReadMuchMore_movesHalfOfTheWayUntilItIsNotWorthIt() {
        Member busy = member("busy");
        Member idle = member("idle");
        busy.curve = CONCAVE;
        idle.curve = CONCAVE;
        long before = busy.bytes();
        busy.reads = 100_000;
        idle.reads = 1_000;

        assertThat(budget.rebalance()).isTrue();
        long afterOne = busy.bytes();
        int rounds = 1;
        while (budget.rebalance()) {
            busy.reads += 100_000;
            idle.reads += 1_000;
            rounds++;
            assertThat(rounds).isLessThan(20);
        }

        assertThat(afterOne).isGreaterThan(before);
        assertThat(busy.bytes()).isBetween(afterOne, 9_000L);
        assertThat(busy.bytes() + idle.bytes()).isLessThanOrEqualTo(10_000);
        assertThat(budget.metrics().counters().get("budget.moves")).isGreaterThan(2);
    }

    @Test
    void rebalance_oneTakes_theOtherHasGivenBefore() {
        Member busy = member("busy");
        Member idle = member("idle");
        List<Long> sums = new CopyOnWriteArrayList<>();
        busy.onGiven = () -> sums.add(busy.bytes() + idle.bytes());
        idle.onGiven = () -> sums.add(busy.bytes() + idle.bytes());
        busy.curve = CONCAVE;
        idle.curve = CONCAVE;
        busy.reads = 100_000;

        assertThat(budget.rebalance()).isTrue();

        assertThat(sums).hasSize(2).allMatch(sum -> sum <= 10_000);
    }

    @Test
    void rebalance_nothingIsGained_movesNothing() {
        Member first = member("a");
        Member second = member("b");
        first.curve = CONCAVE;
        second.curve = CONCAVE;
        first.reads = 1_000;
        second.reads = 1_010;
        while (budget.rebalance()) {
            first.reads += 1_000;
            second.reads += 1_010;
        }
        List<Long> before = List.copyOf(first.given);

        first.reads += 1_050;
        second.reads += 1_000;

        assertThat(budget.rebalance()).isFalse();
        assertThat(first.given).isEqualTo(before);
    }

    @Test
    void rebalance_memberLeaves_itsBytesAreFree() {
        Member stays = member("stays");
        Member other = new Member("leaves");
        MemoryBudget.Registration place = budget.register(other, 100, 9_000);
        stays.curve = CONCAVE;
        stays.reads = 1_000;

        place.close();
        place.close();
        while (budget.rebalance()) {
            stays.reads += 1_000;
        }

        assertThat(stays.bytes()).isGreaterThan(6_000);
        assertThat(budget.shares()).hasSize(1);
    }

    @Test
    void heap_nearlyFull_isGivenBackAndComesBack() {
        Member first = member("a");
        Member second = member("b");

        budget.collected(0.95);
        assertThat(budget.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(budget.rebalance()).isTrue();
        assertThat(first.bytes() + second.bytes()).isBetween(7_400L, 7_500L);
        assertThat(budget.availableBytes()).isEqualTo(7_500);
        assertThat(budget.rebalance()).as("no collection since").isFalse();
        for (int i = 0; i < 50; i++) {
            budget.collected(0.95);
            budget.rebalance();
        }
        assertThat(first.bytes()).isBetween(100L, 110L);

        budget.collected(0.80);
        assertThat(budget.rebalance()).as("still too full to give it back").isFalse();
        budget.collected(0.5);
        for (int i = 0; i < 12; i++) {
            budget.rebalance();
        }
        assertThat(budget.availableBytes()).isEqualTo(10_000);
        assertThat(first.bytes() + second.bytes()).isGreaterThan(9_900);
        assertThat(budget.health()).isEqualTo(Health.up());
        assertThat(budget.metrics().gauges()).containsEntry("budget.heap.percent", 50L);
    }

    @Test
    void rebalance_memberThrows_othersAreServed() {
        Member broken = member("broken");
        Member other = member("other");
        broken.onGiven =
                () -> {
                    throw new IllegalStateException("no");
                };

        budget.collected(0.95);
        budget.rebalance();

        assertThat(other.bytes()).isLessThan(5_000);
        assertThat(budget.metrics().counters()).containsEntry("budget.callback.failed", 1L);
    }

    @Test
    void rebalance_calledByAMember_doesNothing() {
        Member member = member("a");
        List<Boolean> answers = new CopyOnWriteArrayList<>();
        member.onGiven = () -> answers.add(budget.rebalance());

        budget.collected(0.95);

        assertThat(budget.rebalance()).isTrue();
        assertThat(answers).containsExactly(false);
    }

    @Test
    void register_floorsBeyondTheBudget_isRefused() {
        Member member = new Member("a");
        budget.register(member, 6_000, 9_000);

        assertThatThrownBy(() -> budget.register(new Member("b"), 6_000, 9_000))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("at most 4000");
        assertThatThrownBy(() -> budget.register(member, 10, 9))
                .isInstanceOf(InvalidOptionException.class);
        assertThat(budget.shares()).hasSize(1);
    }

    @Test
    void close_twice_endsEverything() {
        Member member = member("a");
        int before = member.given.size();

        budget.close();
        budget.close();

        assertThat(budget.rebalance()).isFalse();
        assertThat(member.given).hasSize(before);
        assertThat(budget.health().status()).isEqualTo(Health.Status.DOWN);
        assertThatThrownBy(() -> budget.register(member, 1, 1))
                .isInstanceOf(CacheClosedException.class);
        assertThat(budget.name()).isEqualTo("all");
        assertThat(budget.component()).isEqualTo("memory-budget");
        assertThat(budget.maxBytes()).isEqualTo(10_000);
    }

    @Test
    void interval_set_looksByItselfUntilClosed() {
        try (MemoryBudget own =
                MemoryBudget.builder(1_000).interval(Duration.ofMillis(10)).build()) {
            Member member = new Member("a");
            own.register(member, 1, 1_000);
            member.onGiven =
                    () -> {
                        Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                        throw new StackOverflowError();
                    };

            own.collected(0.99);

            await().until(() -> own.metrics().counters().get("budget.rounds") > 3);
            assertThat(member.bytes()).isEqualTo(750);
            assertThat(own.metrics().counters()).containsEntry("budget.callback.failed", 1L);
        }
    }

    @Test
    void builder_wrongOptions_areRefusedByName() {
        MemoryBudgetBuilder builder = MemoryBudget.builder(10);
        assertThatThrownBy(() -> MemoryBudget.builder(0)).hasMessageContaining("maxBytes");
        assertThatThrownBy(() -> builder.interval(Duration.ofMillis(1)))
                .hasMessageContaining("interval");
        assertThatThrownBy(() -> builder.heapThreshold(1.1)).hasMessageContaining("heapThreshold");
        assertThatThrownBy(() -> builder.heapThreshold(Double.NaN))
                .hasMessageContaining("heapThreshold");
        assertThatThrownBy(() -> builder.name("a b")).hasMessageContaining("name");
    }
}
