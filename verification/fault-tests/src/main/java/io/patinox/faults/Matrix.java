package io.patinox.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The fault matrix as a program: `Matrix quick|full PATTERN SEED FOLDER`. It runs trials in each
/// tier, two JVMs at once, prints a table and writes it to `faults.txt` in the folder.
public final class Matrix {
    private static final int AT_ONCE = 2;
    private static final int TRIALS_A_JVM = 40;
    private static final int QUICK_KILLS = 1;
    private static final int KILLS = 5;

    private final boolean full;
    private final Pattern only;
    private final long seed;
    private final Path folder;
    private final List<Callable<List<Outcome>>> tasks = new ArrayList<>();

    private Matrix(boolean full, Pattern only, long seed, Path folder) {
        this.full = full;
        this.only = only;
        this.seed = seed;
        this.folder = folder;
    }

    /// Runs the matrix, and ends with 1 if anything is not as it should be.
    ///
    /// @param arguments `quick` or `full`, a pattern of names, a seed or 0, and a folder
    /// @throws IOException if the table can't be written
    /// @throws InterruptedException if interrupted
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (!run(arguments[0], arguments[1], Long.parseLong(arguments[2]), Path.of(arguments[3]))) {
            System.exit(1);
        }
    }

    /// Runs the matrix.
    ///
    /// @param ring `quick` for some trials without mounts, `full` for all
    /// @param only a pattern of the names of trials
    /// @param seed where moments come from; 0 for one by chance
    /// @param target where to work, and to write `faults.txt`
    /// @return whether all was as it should be
    /// @throws IOException if the table can't be written
    /// @throws InterruptedException if interrupted
    @SuppressWarnings("SystemOut") // a program
    public static boolean run(String ring, String only, long seed, Path target)
            throws IOException, InterruptedException {
        long real = seed == 0 ? new Random().nextInt(1, Integer.MAX_VALUE) : seed;
        boolean full = ring.equals("full");
        String title = "fault matrix, " + ring + ", seed " + real;
        System.out.println(title);
        Files.createDirectories(target);
        Path folder = Files.createTempDirectory(target.toAbsolutePath(), "faults");
        List<Outcome> outcomes;
        try {
            outcomes = new Matrix(full, Pattern.compile(only), real, folder).outcomes();
        } finally {
            remove(folder);
        }
        String table = Table.of(outcomes, title);
        System.out.print(table);
        Files.writeString(target.resolve("faults.txt"), table);
        return !outcomes.isEmpty() && outcomes.stream().allMatch(Outcome::isRight);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private List<Outcome> outcomes() throws IOException, InterruptedException {
        Map<String, Trial> all = Catalogue.all();
        List<Trial> chosen =
                (full ? all.keySet() : Catalogue.QUICK)
                        .stream().filter(name -> only.matcher(name).find()).map(all::get).toList();
        try (Mounts mounts = new Mounts(folder)) {
            for (Tier tier : Tier.values()) {
                plan(tier, chosen, mounts);
            }
            kills();
            return runAll();
        }
    }

    private void plan(Tier tier, List<Trial> chosen, Mounts mounts)
            throws IOException, InterruptedException {
        List<Trial> onMounts = new ArrayList<>();
        List<Trial> usual = new ArrayList<>();
        for (Trial trial : chosen) {
            if (!trial.tiers().contains(tier)) {
                continue;
            }
            if (trial.isAlone()) {
                add(tier, List.of(trial), Map.of());
            } else if (trial.place() == Place.FOLDER) {
                usual.add(trial);
            } else {
                onMounts.add(trial);
            }
        }
        if (!onMounts.isEmpty()) {
            add(tier, onMounts, mounts.all(tier.name()));
        }
        for (int i = 0; i < usual.size(); i += TRIALS_A_JVM) {
            add(tier, usual.subList(i, Math.min(usual.size(), i + TRIALS_A_JVM)), Map.of());
        }
    }

    private void add(Tier tier, List<Trial> trials, Map<Place, Path> mounted) throws IOException {
        Path own = Files.createDirectories(folder.resolve("batch-" + tasks.size()));
        Map<Place, Path> places = new EnumMap<>(Place.class);
        places.putAll(mounted);
        tasks.add(new Batch(tier, List.copyOf(trials), own, places));
    }

    private void kills() throws IOException {
        Path own = Files.createDirectories(folder.resolve("killed"));
        Random seeds = new Random(seed);
        for (Tier tier : full ? Tier.values() : new Tier[] {Tier.C1}) {
            for (Habit habit : Habit.values()) {
                for (int i = 0; i < (full ? KILLS : QUICK_KILLS); i++) {
                    Killing killing =
                            new Killing(habit, tier, seeds.nextInt(Integer.MAX_VALUE), own);
                    if (only.matcher("KILLED/" + habit).find()) {
                        tasks.add(() -> List.of(killing.call()));
                    }
                }
            }
        }
    }

    private List<Outcome> runAll() throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            Collection<Future<List<Outcome>>> futures = workers.invokeAll(tasks);
            for (Future<List<Outcome>> future : futures) {
                outcomes.addAll(future.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the matrix itself failed", e.getCause());
        }
        return outcomes;
    }
}
