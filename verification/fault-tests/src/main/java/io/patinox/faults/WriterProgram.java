package io.patinox.faults;

import java.nio.file.Path;

/// The program that writes until it is killed: `WriterProgram HABIT FILE`.
public final class WriterProgram {
    private WriterProgram() {}

    /// Writes.
    ///
    /// @param arguments the habit and the file
    @SuppressWarnings("SystemOut") // how the processes talk
    public static void main(String[] arguments) {
        Habit habit = Habit.valueOf(arguments[0]);
        try (var file = habit.builder(Path.of(arguments[1])).create(0)) {
            habit.step(file);
            System.out.println("GO");
            while (file.count() < 20_000_000) {
                habit.step(file);
            }
        }
    }
}
