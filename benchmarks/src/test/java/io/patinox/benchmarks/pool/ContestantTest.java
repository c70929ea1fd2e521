package io.patinox.benchmarks.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContestantTest {

    static Stream<String> everybody() {
        return Stream.concat(
                        new PoolGroup()
                                .regimes().stream().flatMap(r -> r.implementations().stream()),
                        Stream.of(Peers.HIKARI_BAG))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("everybody")
    void acquire_asManyAsThereAre_areDifferentAndComeAgain(String name) throws Exception {
        try (Contestant pool = Contestant.of(name, 12)) {
            Set<StubConnection> first = round(pool, 12);
            assertThat(first).hasSize(12);
            assertThat(round(pool, 12)).as("nothing is destroyed on return").isEqualTo(first);
        }
    }

    private static Set<StubConnection> round(Contestant pool, int size) throws Exception {
        List<Object> borrowed = new ArrayList<>();
        Set<StubConnection> connections = new HashSet<>();
        for (int i = 0; i < size; i++) {
            borrowed.add(pool.acquire());
        }
        for (Object acquired : borrowed) {
            connections.add(pool.connection(acquired));
            pool.release(acquired);
        }
        return connections;
    }

    @Test
    void of_unknownName_isRefused() {
        assertThatThrownBy(() -> Contestant.of("c3p0", 1)).hasMessageContaining("c3p0");
    }
}
