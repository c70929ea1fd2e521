package io.patinox.benchmarks.door;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// What was typed after `bench`.
///
/// @param group the group's name
/// @param quick whether to sample instead of measuring in full
/// @param strict whether a missed bar makes the run fail
/// @param json where the report goes as JSON, null for nowhere
record BenchOptions(String group, boolean quick, boolean strict, @Nullable Path json) {

    static final String USAGE = "GROUP [--quick] [--strict] [--json FILE]";

    /// Reads the arguments.
    ///
    /// @param args as typed
    /// @param groups the names of all groups, for the message
    /// @return the options
    /// @throws UsageException when they make no sense, before anything is measured
    static BenchOptions parse(String[] args, String groups) {
        String group = null;
        boolean quick = false;
        boolean strict = false;
        Path json = null;
        Iterator<String> rest = Arrays.asList(args).iterator();
        while (rest.hasNext()) {
            String arg = rest.next();
            switch (arg) {
                case "--quick" -> quick = true;
                case "--strict" -> strict = true;
                case "--json" -> json = file(rest);
                default -> {
                    if (arg.startsWith("-")) {
                        throw new UsageException(
                                "There is no option '%s'; bench takes %s.".formatted(arg, USAGE));
                    }
                    if (group != null) {
                        throw new UsageException(
                                "bench runs one group at a time, and was given '%s' and '%s'."
                                        .formatted(group, arg));
                    }
                    group = arg;
                }
            }
        }
        if (group == null) {
            throw new UsageException("bench needs a GROUP; the groups are: " + groups + ".");
        }
        return new BenchOptions(group, quick, strict, json);
    }

    private static Path file(Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new UsageException("--json needs a FILE to write the report to.");
        }
        Path file = Path.of(rest.next()).toAbsolutePath();
        Path directory = file.getParent();
        if (Files.isDirectory(file)) {
            throw new UsageException("--json %s: is a directory; name a file.".formatted(file));
        }
        if (directory == null || !Files.isWritable(directory)) {
            throw new UsageException(
                    "--json %s: its directory does not exist or cannot be written; create it first."
                            .formatted(file));
        }
        return file;
    }
}
