package io.patinox.benchmarks.door;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A promise about figures, judged within one run.
///
/// A comparison ([#ratio]) is judged by the ratios of the interleaved fork pairs; a promise about
/// ourselves ([#value]) by our forks; a guarantee ([Draft#always]) by every single fork.
public final class Bar {

    private final String name;
    private final Bound bound;
    private final String unit;
    private final Function<Measurements, double[]> forks;

    private Bar(String name, Bound bound, String unit, Function<Measurements, double[]> forks) {
        this.name = name;
        this.bound = bound;
        this.unit = unit;
        this.forks = forks;
    }

    /// Begins a bar on how two implementations compare.
    ///
    /// @param name what is promised, unique in the group
    /// @param regime where
    /// @param metric of what
    /// @param over the implementation above the line
    /// @param under the implementation below the line
    /// @return the draft, to be completed by a bound
    public static Draft ratio(
            String name, Regime regime, Metric metric, String over, String under) {
        return new Draft(name, "x", m -> m.ratios(regime.name(), metric, over, under));
    }

    /// Begins a bar on an implementation alone.
    ///
    /// @param name what is promised, unique in the group
    /// @param regime where
    /// @param metric of what
    /// @param implementation whose
    /// @return the draft, to be completed by a bound
    public static Draft value(String name, Regime regime, Metric metric, String implementation) {
        return new Draft(name, metric.unit(), m -> m.values(regime.name(), implementation, metric));
    }

    /// Begins a bar on numbers that are made of several figures.
    ///
    /// @param name what is promised, unique in the group
    /// @param unit the unit of the numbers
    /// @param numbers makes a number for each round
    /// @return the draft, to be completed by a bound
    public static Draft derived(
            String name, String unit, Function<Measurements, double[]> numbers) {
        return new Draft(name, unit, numbers);
    }

    /// Returns what is promised.
    ///
    /// @return the name
    public String name() {
        return name;
    }

    /// Judges the bar.
    ///
    /// @param measurements what the run measured
    /// @return the judgement
    public Result judge(Measurements measurements) {
        double[] numbers = forks.apply(measurements);
        double figure = bound.figure(numbers);
        return new Result(
                name,
                bound.text(unit),
                Double.isFinite(figure) ? (Double) figure : null,
                bound.judge(numbers));
    }

    /// A judged bar.
    ///
    /// @param name what is promised
    /// @param bar the bound, in words
    /// @param value the median of the forks or fork pairs, or the worst fork of a guarantee; null
    ///   when nothing was measured
    /// @param verdict what the run says
    public record Result(String name, String bar, @Nullable Double value, Verdict verdict) {}

    /// A bar without its bound.
    public static final class Draft {

        private final String name;
        private final String unit;
        private final Function<Measurements, double[]> forks;

        private Draft(String name, String unit, Function<Measurements, double[]> forks) {
            this.name = name;
            this.unit = unit;
            this.forks = forks;
        }

        /// Completes the bar with a lower bound.
        ///
        /// @param limit the smallest good value
        /// @return the bar
        public Bar atLeast(double limit) {
            return bar(Bound.Side.AT_LEAST, limit);
        }

        /// Completes the bar with an upper bound.
        ///
        /// @param limit the largest good value
        /// @return the bar
        public Bar atMost(double limit) {
            return bar(Bound.Side.AT_MOST, limit);
        }

        /// Completes the bar as a guarantee, which a single fork can break.
        ///
        /// @param limit the only good value
        /// @return the bar
        public Bar always(double limit) {
            return bar(Bound.Side.ALWAYS, limit);
        }

        private Bar bar(Bound.Side side, double limit) {
            return new Bar(name, new Bound(side, limit), unit, forks);
        }
    }
}
