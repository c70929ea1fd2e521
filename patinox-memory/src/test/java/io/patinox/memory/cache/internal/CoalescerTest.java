package io.patinox.memory.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoalescerTest {

    private final List<Runnable> alarms = new ArrayList<>();
    private final List<Runnable> calledOff = new ArrayList<>();
    private final List<List<String>> batches = new ArrayList<>();
    private final Coalescer<String, Integer> coalescer =
            new Coalescer<>(
                    (nanos, alarm) -> {
                        alarms.add(alarm);
                        return () -> calledOff.add(alarm);
                    },
                    5,
                    3,
                    flights -> batches.add(flights.stream().map(f -> f.key).toList()));

    private Flight<String, Integer> add(String key) {
        Flight<String, Integer> flight = new Flight<>(key, 0, Flight.Kind.LOAD, null, null);
        coalescer.add(flight);
        return flight;
    }

    @Test
    void add_upToTheMost_goesAtOnceAndCallsTheAlarmOff() {
        add("a");
        add("b");
        assertThat(batches).isEmpty();
        add("c");
        assertThat(batches).containsExactly(List.of("a", "b", "c"));
        assertThat(calledOff).isEqualTo(alarms).hasSize(1);
    }

    @Test
    void alarm_ofAnEarlierBatch_doesNotEndTheNext() {
        add("a");
        add("b");
        add("c");
        add("d");
        alarms.getFirst().run();
        assertThat(batches).hasSize(1);
        alarms.getLast().run();
        assertThat(batches).hasSize(2).last().isEqualTo(List.of("d"));
        alarms.getLast().run();
        assertThat(batches).hasSize(2);
    }

    @Test
    void drop_theOnlyOne_endsTheWindow() {
        Flight<String, Integer> first = add("a");
        Flight<String, Integer> second = add("b");
        coalescer.drop(first);
        assertThat(calledOff).isEmpty();
        coalescer.drop(second);
        assertThat(calledOff).hasSize(1);
        alarms.getFirst().run();
        assertThat(batches).isEmpty();
    }
}
