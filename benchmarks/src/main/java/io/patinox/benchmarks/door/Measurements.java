package io.patinox.benchmarks.door;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/// What every fork of a run yielded, by regime, implementation, metric and round.
///
/// Confined to the thread that runs the benchmarks.
public final class Measurements {

    private record Key(String regime, String implementation, Metric metric) {}

    private final Map<Key, Map<Integer, Double>> forks = new LinkedHashMap<>();

    /// Notes what one fork yielded.
    ///
    /// @param regime the regime's name
    /// @param implementation who was measured
    /// @param round the round, from 0
    /// @param values a number for every metric
    public void add(String regime, String implementation, int round, Map<Metric, Double> values) {
        values.forEach((metric, value) ->
                forks.computeIfAbsent(
                                new Key(regime, implementation, metric), _ -> new LinkedHashMap<>())
                        .put(round, value));
    }

    /// Returns the numbers of all forks of one implementation.
    ///
    /// @param regime the regime's name
    /// @param implementation whose
    /// @param metric which
    /// @return one number a round, empty when nothing was measured
    public double[] values(String regime, String implementation, Metric metric) {
        return byRound(regime, implementation, metric).values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /// Returns the ratios of two implementations, round by round, so that what slows a whole round
    /// slows both sides of its ratio.
    ///
    /// @param regime the regime's name
    /// @param metric which
    /// @param over the implementation above the line
    /// @param under the implementation below the line
    /// @return one ratio for every round that has both sides
    public double[] ratios(String regime, Metric metric, String over, String under) {
        Map<Integer, Double> above = byRound(regime, over, metric);
        Map<Integer, Double> below = byRound(regime, under, metric);
        return above.keySet().stream()
                .filter(below::containsKey)
                .mapToDouble(
                        round -> above.getOrDefault(round, 0.0) / below.getOrDefault(round, 0.0))
                .toArray();
    }

    /// Combines two figures, round by round.
    ///
    /// @param one the first figure, one number a round
    /// @param other the second figure, one number a round
    /// @param combination what becomes of the two
    /// @return one number for every round that has both
    public static double[] combined(
            double[] one, double[] other, DoubleBinaryOperator combination) {
        return IntStream.range(0, Math.min(one.length, other.length))
                .mapToDouble(i -> combination.applyAsDouble(one[i], other[i]))
                .toArray();
    }

    /// Returns the figures: one for every regime, implementation and metric measured.
    ///
    /// @return the figures in the order of measuring
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        forks.forEach((key, rounds) ->
                figures.add(
                        Figure.of(
                                key.regime,
                                key.implementation,
                                key.metric,
                                rounds.values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())));
        return figures;
    }

    private Map<Integer, Double> byRound(String regime, String implementation, Metric metric) {
        return forks.getOrDefault(new Key(regime, implementation, metric), Map.of());
    }
}
