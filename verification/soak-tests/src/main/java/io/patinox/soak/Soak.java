package io.patinox.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The soak of the resource part as a program: `Soak OPERATIONS THREADS SEED JSON`.
public final class Soak {
    private static final double FAILING = 0.1;
    private static final double SHARE_MIN = 0.999;

    private Soak() {}

    /// Runs the storms, prints what they show, and ends with 1 if it is not as it should be.
    ///
    /// @param arguments operations, threads, seed, and the file to write
    /// @throws InterruptedException if interrupted
    /// @throws IOException if the file cannot be written
    @SuppressWarnings("SystemOut") // a program
    public static void main(String[] arguments) throws InterruptedException, IOException {
        long seed = Long.parseLong(arguments[2]);
        if (!run(
                Long.parseLong(arguments[0]),
                Integer.parseInt(arguments[1]),
                seed == 0 ? System.nanoTime() : seed,
                Path.of(arguments[3]))) {
            System.exit(1);
        }
    }

    /// Runs both storms.
    ///
    /// @param operations how many in the first; a fiftieth as many resources in the second
    /// @param threads on how many threads
    /// @param seed where chance comes from
    /// @param json where to write the figures
    /// @return whether all was as it should be
    /// @throws InterruptedException if interrupted
    /// @throws IOException if the file cannot be written
    @SuppressWarnings("SystemOut") // a program
    public static boolean run(long operations, int threads, long seed, Path json)
            throws InterruptedException, IOException {
        System.out.println("seed " + seed);
        var storm = new LifecycleStorm(operations, threads, seed).run();
        System.out.printf(
                "%,d operations on %d threads in %d s, %,.0f a second%n",
                storm.operations(),
                threads,
                TimeUnit.NANOSECONDS.toSeconds(storm.nanos()),
                storm.rate());
        storm.counters().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(e -> System.out.printf("  %-35s %,15d%n", e.getKey(), e.getValue()));
        storm.violations().stream().limit(20).forEach(v -> System.out.println("  VIOLATION " + v));
        var retries = new RetryStorm(Math.max(1_000, operations / 50), FAILING, seed).run();
        System.out.printf(
                "%,d resources of which each attempt to clean up fails with probability %s: %,d "
                        + "attempts, %,d failed; %.4f %% of the resources cleaned%n",
                retries.resources(),
                FAILING,
                retries.attempts(),
                retries.failures(),
                retries.share() * 100);
        int left = Threads.named("patinox-").size();
        System.out.println(left + " threads left");
        boolean exact = storm.violations().isEmpty() && retries.balance().holds();
        boolean often = retries.share() >= SHARE_MIN;
        new SoakReport("soak", "resource")
                .figure("lifecycle storm", "operations", "count", storm.operations())
                .figure("lifecycle storm", "rate", "1/s", storm.rate())
                .figure("lifecycle storm", "violations", "count", storm.violations().size())
                .figure("lifecycle storm", "threads left", "count", left)
                .figure("retry storm", "resources", "count", retries.resources())
                .figure("retry storm", "cleaned", "ratio", retries.share())
                .bar(
                        "identity exact at the end",
                        "= 0 violations",
                        storm.violations().size(),
                        exact)
                .bar("no thread leaked", "= 0", left, left == 0)
                .bar("retryable cleanups succeed", ">= 0.999", retries.share(), often)
                .write(json);
        return exact && often && left == 0;
    }
}
