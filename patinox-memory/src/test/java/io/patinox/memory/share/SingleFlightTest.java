package io.patinox.memory.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private final Queue<Runnable> started = new ArrayDeque<>();
    private final List<Throwable> failures = new ArrayList<>();
    private int runs;

    private SingleFlight flight() {
        return new SingleFlight(() -> runs++, started::add, null, failures::add);
    }

    private void runAll() {
        while (!started.isEmpty()) {
            started.remove().run();
        }
    }

    @Test
    void signal_idle_startsOneRun() {
        SingleFlight flight = flight();
        flight.signal();
        assertThat(runs).as("not on the caller's thread").isZero();
        runAll();
        assertThat(runs).isEqualTo(1);
        flight.signal();
        runAll();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void signal_running_isAnsweredByOneMoreRun() {
        SingleFlight flight = flight();
        flight.signal();
        flight.signal();
        flight.signal();
        assertThat(started).hasSize(1);
        runAll();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void work_throws_isReportedAndRunsAgain() {
        SingleFlight flight =
                new SingleFlight(
                        () -> {
                            runs++;
                            throw new AssertionError("no");
                        },
                        started::add,
                        null,
                        failures::add);
        flight.signal();
        flight.signal();
        runAll();
        assertThat(runs).isEqualTo(2);
        assertThat(failures).hasSize(2);
    }

    @Test
    void threads_refuse_areAskedAgain() {
        boolean[] refusing = {true};
        SingleFlight flight =
                new SingleFlight(
                        () -> runs++,
                        run -> {
                            if (refusing[0]) {
                                throw new RejectedExecutionException("full");
                            }
                            started.add(run);
                        },
                        null,
                        failures::add);
        flight.signal();
        assertThat(failures).hasSize(1);
        refusing[0] = false;
        flight.signal();
        runAll();
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void via_anotherExecutor_isCalledFromAThread() {
        Queue<Runnable> passedOn = new ArrayDeque<>();
        SingleFlight flight =
                new SingleFlight(() -> runs++, started::add, passedOn::add, failures::add);
        flight.signal();
        assertThat(passedOn).as("not by the caller").isEmpty();
        started.remove().run();
        assertThat(runs).isZero();
        passedOn.remove().run();
        assertThat(runs).isEqualTo(1);
        SingleFlight refused =
                new SingleFlight(
                        () -> runs++,
                        started::add,
                        run -> {
                            throw new RejectedExecutionException("full");
                        },
                        failures::add);
        refused.signal();
        runAll();
        refused.signal();
        runAll();
        assertThat(failures).hasSize(2);
    }
}
