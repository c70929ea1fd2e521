package io.patinox.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// What a trial has at hand: folders, samples, and a parent that does things to its files.
final class Bench {
    private final Tier tier;
    private final Map<Place, Path> folders;
    private final BufferedReader answers;
    private final Map<Sample, Path> templates = new EnumMap<>(Sample.class);
    private int files;

    /// Begins in new folders, as another JVM may have died in these.
    Bench(Tier tier, Map<Place, Path> folders, BufferedReader answers) throws IOException {
        this.tier = tier;
        this.folders = new EnumMap<>(folders);
        this.folders.put(Place.FOLDER, Files.createTempDirectory(folders.get(Place.FOLDER), "jvm"));
        this.answers = answers;
    }

    Tier tier() {
        return tier;
    }

    Path folder(Place place) {
        return Objects.requireNonNull(folders.get(place), () -> "no folder for " + place);
    }

    /// A path at which no file is.
    Path unused(Place place) {
        return folder(place).resolve("f" + ++files);
    }

    /// A new file with good elements.
    Path sample(Sample sample) throws IOException {
        Path template = templates.get(sample);
        if (template == null) {
            template = folder(Place.FOLDER).resolve("template-" + sample);
            sample.create(template);
            templates.put(sample, template);
        }
        return Files.copy(template, unused(Place.FOLDER));
    }

    /// Has something done to a file by the other process.
    @SuppressWarnings("SystemOut") // how the processes talk
    void ask(Fault fault, Path file) throws IOException {
        System.out.println("ASK\t" + fault + "\t" + file);
        String answer = answers.readLine();
        if (answer == null || !answer.equals("DONE")) {
            throw new Fault.RefusedException(answer == null ? "nobody answers" : answer);
        }
    }
}
