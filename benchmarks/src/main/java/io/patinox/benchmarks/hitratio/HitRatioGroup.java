package io.patinox.benchmarks.hitratio;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.Group;
import io.patinox.benchmarks.door.Measurements;
import io.patinox.benchmarks.door.Regime;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The group `hitratio`: generated sequences, and real traces if their folder is given.
public final class HitRatioGroup implements Group {

    /*
     * The traces were not chosen by us, so their mean and their worst cell are bars. The generated
     * sequences are made for the weak points of policies; of those, Zipf's have a bar, and the
     * others are figures.
     */

    private static final Map<String, int[]> TRACES = new LinkedHashMap<>();

    static {
        TRACES.put("lirs/loop", new int[] {250, 500, 750});
        TRACES.put("lirs/scan", new int[] {500});
        TRACES.put("lirs/zigzag", new int[] {500});
        TRACES.put("lirs/backf", new int[] {500});
        TRACES.put("lirs/gli", new int[] {500, 1_000});
        TRACES.put("lirs/cs", new int[] {500, 1_000});
        TRACES.put("lirs/multi1", new int[] {500, 1_500});
        TRACES.put("lirs/multi2", new int[] {500, 1_500});
        TRACES.put("lirs/multi3", new int[] {500, 1_500});
        TRACES.put("lirs/sprite", new int[] {200, 600});
        TRACES.put("lirs/cpp", new int[] {35, 100});
        TRACES.put("cache2k/web07", new int[] {500, 2_000});
        TRACES.put("cache2k/web12", new int[] {500, 2_000});
        TRACES.put("cache2k/orm-busy", new int[] {1_000, 10_000});
        TRACES.put("cache2k/orm-night", new int[] {1_000, 10_000});
    }

    private static final AtomicBoolean SAID = new AtomicBoolean();
    private static final int[] ZIPF_KEYS = {10_000, 100_000, 1_000_000};
    private static final int SIZE = 1_000;
    private static final int USES = 60 * SIZE;

    private final List<Cell> zipf = new ArrayList<>();
    private final List<Cell> generated = new ArrayList<>();
    private final List<Cell> traces = new ArrayList<>();
    private SoftReference<int[]> recent = new SoftReference<>(null);
    private String recentFile = "";

    /// Creates the group, as the service loader does.
    public HitRatioGroup() {
        this(Traces.folder());
    }

    /// Creates the group with a folder of traces, or without.
    HitRatioGroup(@Nullable Path folder) {
        for (int keys : ZIPF_KEYS) {
            zipf.add(zipf(keys));
        }
        for (int percent : new int[] {25, 50, 75, 95, 100, 110, 150, 300}) {
            int keys = SIZE * percent / 100;
            add("loop of %d %% of the size".formatted(percent), _ -> Sequences.loop(keys, USES));
        }
        add("zigzag", _ -> Sequences.zigzag(2 * SIZE + 40, USES));
        add("recency", run -> Sequences.recency(SIZE / 2, USES, run));
        add("deep recency", run -> Sequences.recency(2 * SIZE, USES, run));
        add("favourites", run -> Sequences.zipf(10 * SIZE, USES, run));
        add(
                "favourites and scans",
                run -> Sequences.scanned(Sequences.zipf(4 * SIZE, USES, run), run));
        add(
                "recency, loop, recency",
                run ->
                        Sequences.phases(
                                Sequences.recency(SIZE / 2, USES / 3, run),
                                Sequences.loop(3 * SIZE / 2, USES / 3),
                                Sequences.recency(SIZE / 2, USES / 3, run + 100)));
        add(
                "favourites that change",
                run ->
                        Sequences.phases(
                                Sequences.zipf(5 * SIZE, USES / 3, run),
                                Sequences.zipf(5 * SIZE, USES / 3, run + 100),
                                Sequences.zipf(5 * SIZE, USES / 3, run + 200)));
        if (folder != null) {
            TRACES.forEach((file, sizes) ->
                    Arrays.stream(sizes).forEach(size -> traces.add(trace(folder, file, size))));
        }
    }

    @Override
    public String name() {
        return "hitratio";
    }

    @Override
    public List<Regime> regimes() {
        if (traces.isEmpty() && !SAID.getAndSet(true)) {
            System.err.println(
                    "No folder of traces is given (--traces DIR): only generated sequences are"
                            + " measured, and bars about traces stay undecided.");
        }
        List<Regime> regimes = new ArrayList<>(traces);
        regimes.addAll(zipf);
        regimes.addAll(generated);
        return regimes;
    }

    @Override
    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        bars.add(Bar.derived("traces: mean over Caffeine's", "points", this::meanLead).atLeast(0));
        bars.add(
                Bar.derived("traces: worst against Caffeine and S3-FIFO", "points", this::worstLead)
                        .atLeast(-1.5));
        for (Cell cell : zipf) {
            bars.add(
                    Bar.derived(
                                    cell.name() + ": short of the static optimum",
                                    "points",
                                    all ->
                                            Measurements.combined(
                                                    values(all, cell, Contestant.OPTIMAL),
                                                    values(all, cell, Contestant.PATINOX),
                                                    (optimum, ours) -> optimum - ours))
                            .atMost(1.5));
        }
        return bars;
    }

    /// The lead over Caffeine, on average of all traces, each round by itself.
    private double[] meanLead(Measurements all) {
        int rounds = rounds(all);
        double[] means = new double[rounds];
        List<Cell> measured = measured(all);
        for (Cell cell : measured) {
            double[] leads =
                    Measurements.combined(
                            values(all, cell, Contestant.PATINOX),
                            values(all, cell, Contestant.CAFFEINE),
                            (ours, theirs) -> ours - theirs);
            for (int round = 0; round < rounds; round++) {
                means[round] += leads[round] / measured.size();
            }
        }
        return means;
    }

    /// The smallest lead of a cell over the better of the two others. A cell counts by the medians
    /// of its rounds, so the number is the same for each round.
    private double[] worstLead(Measurements all) {
        double worst = Double.POSITIVE_INFINITY;
        for (Cell cell : measured(all)) {
            double others =
                    Math.max(
                            median(values(all, cell, Contestant.CAFFEINE)),
                            median(values(all, cell, Contestant.S3_FIFO)));
            double ours = median(values(all, cell, Contestant.PATINOX));
            worst = ours - others < worst ? ours - others : worst;
        }
        double[] leads = new double[rounds(all)];
        Arrays.fill(leads, worst);
        return leads;
    }

    /// Returns the traces of this run: a quick one leaves out the long ones.
    private List<Cell> measured(Measurements all) {
        return traces.stream()
                .filter(cell -> values(all, cell, Contestant.PATINOX).length > 0)
                .toList();
    }

    /// Returns in how many rounds everybody was measured in each of these traces.
    private int rounds(Measurements all) {
        return measured(all).stream()
                .flatMapToInt(cell ->
                        cell.implementations().stream()
                                .mapToInt(who -> values(all, cell, who).length))
                .min()
                .orElse(0);
    }

    private static double[] values(Measurements all, Cell cell, String implementation) {
        return all.values(cell.name(), implementation, Cell.RATIO);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// A quarter of the keys fit. The optimum knows the frequencies; so hits are counted when
    /// caches have had time to learn them, after so many uses for each key that fits, and half as
    /// many more are counted. All caches still gain a little after that. A million keys get less
    /// time, lest a round takes minutes.
    private static Cell zipf(int keys) {
        int capacity = keys / 4;
        int learning = (keys < 1_000_000 ? 200 : 60) * capacity;
        return new Cell(
                "Zipf 1.0, %,d keys, a quarter fits".formatted(keys),
                capacity,
                keys < 1_000_000,
                run -> Sequences.zipf(keys, learning + learning / 2, run),
                _ -> learning,
                _ -> Sequences.bestOfZipf(keys, capacity));
    }

    private void add(String name, IntFunction<int[]> sequence) {
        generated.add(
                new Cell(
                        name,
                        SIZE,
                        true,
                        run -> sequence.apply((int) run),
                        _ -> 0,
                        keys -> Optimal.ratio(keys, SIZE)));
    }

    private Cell trace(Path folder, String file, int size) {
        double[] best = new double[1];
        return new Cell(
                "%s @ %,d".formatted(file, size),
                size,
                // a quick run does without the traces of five million uses
                !file.contains("orm"),
                _ -> read(folder, file + ".trace.gz"),
                _ -> 0,
                keys -> {
                    if (best[0] == 0) {
                        best[0] = Optimal.ratio(keys, size);
                    }
                    return best[0];
                });
    }

    private int[] read(Path folder, String file) {
        int[] keys = recentFile.equals(file) ? recent.get() : null;
        if (keys == null) {
            keys = Traces.read(folder, file);
            recent = new SoftReference<>(keys);
            recentFile = file;
        }
        return keys;
    }
}
