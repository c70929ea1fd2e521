package io.patinox.faults;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Some trials of one tier, one after the other in one JVM; when that dies the trial that it was at
/// has failed, and another JVM goes on with those after it.
///
/// @param tier the tier
/// @param trials the trials
/// @param folder where files are
/// @param mounts folders on small file systems
record Batch(Tier tier, List<Trial> trials, Path folder, Map<Place, Path> mounts)
        implements Callable<List<Outcome>> {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

    @Override
    public List<Outcome> call() throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        Deque<Trial> left = new ArrayDeque<>(trials);
        while (!left.isEmpty()) {
            Run run = new Run(outcomes);
            Outcome end = run.of(left);
            if (end != null) {
                outcomes.add(end);
                left.poll();
            }
        }
        return outcomes;
    }

    private List<String> arguments(Path names) {
        List<String> arguments = new ArrayList<>();
        arguments.add(tier.name());
        arguments.add(names.toString());
        arguments.add(Place.FOLDER + "=" + folder);
        mounts.forEach((place, path) -> arguments.add(place + "=" + path));
        return arguments;
    }

    /// One JVM.
    private final class Run {
        private final List<Outcome> outcomes;
        private final Deque<String> said = new ArrayDeque<>();
        private final AtomicLong heard = new AtomicLong(System.nanoTime());

        Run(List<Outcome> outcomes) {
            this.outcomes = outcomes;
        }

        /// Takes off the trials that came to an end.
        ///
        /// @return what came of the first of those left, if there are any and the JVM ended
        @Nullable Outcome of(Deque<Trial> left) throws IOException, InterruptedException {
            Path names = folder.resolve("trials");
            Files.write(names, left.stream().map(Trial::name).toList());
            Process process = Jvm.start(folder, tier, TrialProgram.class, arguments(names));
            Thread watchdog = Thread.ofVirtual().start(() -> watch(process));
            boolean right = true;
            try (BufferedReader lines = process.inputReader();
                    BufferedWriter answers = process.outputWriter()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    heard.set(System.nanoTime());
                    if (Outcome.isLine(line)) {
                        Outcome outcome = Outcome.parse(line);
                        outcomes.add(outcome);
                        right &= outcome.isRight();
                        left.poll();
                    } else if (line.startsWith("ASK\t")) {
                        answer(line.split("\t", 3), answers);
                    } else if (!line.startsWith("BEGIN\t")) {
                        keep(line);
                    }
                }
            } catch (IOException e) {
                keep(e.toString());
            } finally {
                watchdog.interrupt();
            }
            int code = Jvm.end(process);
            Trial at = left.peek();
            if (at == null) {
                return code == (right ? 0 : 1) ? null : odd(code, process);
            }
            boolean hung = System.nanoTime() - heard.get() > PATIENCE_NANOS;
            return Outcome.of(at, tier, hung ? Verdict.HANGS : Verdict.DIED, note(code, process));
        }

        /// All trials came to an end, but the JVM did not end as it should.
        private Outcome odd(int code, Process process) {
            Outcome last = outcomes.getLast();
            return new Outcome(
                    last.trial() + "-and-then", tier, Verdict.DIED, false, note(code, process));
        }

        private String note(int code, Process process) {
            return "exit code " + code + ": " + Jvm.deathNote(folder, process) + " " + said;
        }

        private void keep(String line) {
            said.add(line);
            if (said.size() > 5) {
                said.poll();
            }
        }

        private void answer(String[] question, BufferedWriter answers) throws IOException {
            String answer = "DONE";
            try {
                Fault.valueOf(question[1]).happenTo(Path.of(question[2]));
            } catch (Fault.RefusedException e) {
                answer = e.toString();
            }
            answers.write(answer + "\n");
            answers.flush();
        }

        private void watch(Process process) {
            try {
                while (!process.waitFor(1, TimeUnit.SECONDS)) {
                    if (System.nanoTime() - heard.get() > PATIENCE_NANOS) {
                        process.destroyForcibly();
                    }
                }
            } catch (InterruptedException e) {
                return; // all was said
            }
        }
    }
}
