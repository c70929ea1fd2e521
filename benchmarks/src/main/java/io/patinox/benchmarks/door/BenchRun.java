package io.patinox.benchmarks.door;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/// Measures a group.
final class BenchRun {

    /*
     * A machine is never twice the same: it gets warm, a neighbour wakes up. So what is compared
     * is measured close together: in every round, for every regime, each implementation gets one
     * fork, one right after the other, and a bar divides only numbers of the same round. The order
     * turns with the round, so that nobody always follows the same neighbour.
     */

    private final Group group;
    private final Effort effort;
    private final LongSupplier nanos;

    BenchRun(Group group, Effort effort, LongSupplier nanos) {
        this.group = group;
        this.effort = effort;
        this.nanos = nanos;
    }

    /// One fork to come.
    ///
    /// @param round from 0
    /// @param regime where
    /// @param implementation who
    record Trial(int round, Regime regime, String implementation) {}

    /// Returns the forks in the order of their running.
    List<Trial> schedule() {
        List<Trial> trials = new ArrayList<>();
        for (int round = 0; round < effort.forks(); round++) {
            for (Regime regime : group.regimes()) {
                boolean full = effort.equals(Effort.FULL);
                if (full || regime.quick()) {
                    List<String> order =
                            new ArrayList<>(full ? regime.implementations() : regime.sample());
                    Collections.rotate(order, -round);
                    for (String implementation : order) {
                        trials.add(new Trial(round, regime, implementation));
                    }
                }
            }
        }
        return trials;
    }

    /// Measures everything, or as much as the budget allows: what is left out then are the last
    /// forks of the last round, which makes errors wider but no figure wrong.
    ///
    /// @param progress is told before and after each fork
    /// @return what was measured
    /// @throws MeasurementException when a fork fails
    Measurements measure(Progress progress) {
        Measurements measurements = new Measurements();
        long startNanos = nanos.getAsLong();
        for (Trial trial : schedule()) {
            if (nanos.getAsLong() - startNanos > effort.budget().toNanos()
                    && !trial.regime.measured(trial.implementation)) {
                continue;
            }
            String regime = trial.regime.name();
            progress.starts(regime, trial.implementation, trial.round);
            try {
                measurements.add(
                        regime,
                        trial.implementation,
                        trial.round,
                        trial.regime.measure(trial.implementation, effort));
            } catch (MeasurementException e) {
                throw new MeasurementException(
                        "%s, %s: %s".formatted(regime, trial.implementation, e.getMessage()), e);
            }
            progress.finished();
        }
        return measurements;
    }
}
