package io.patinox.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Small file systems, which closing takes away. They need the right to mount, and an error says so
/// if it is missing: nothing is left out silently.
final class Mounts implements AutoCloseable {
    private static final int LEFT_ON_DISK = 1 << 20;

    private final Path folder;
    private final Deque<Path> mounted = new ArrayDeque<>();

    Mounts(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "patinox-faults-unmount"));
    }

    /// Mounts one of each kind.
    Map<Place, Path> all(String name) throws IOException, InterruptedException {
        Map<Place, Path> all = new EnumMap<>(Place.class);
        all.put(Place.TMPFS, tmpfs(name + "-tmpfs"));
        all.put(Place.EXT4, ext4(name + "-ext4"));
        all.put(Place.READ_ONLY, readOnly(name + "-ro"));
        return all;
    }

    private Path tmpfs(String name) throws IOException, InterruptedException {
        Path point = Files.createDirectories(folder.resolve(name));
        mount(point, "-t", "tmpfs", "-o", "size=1m", "patinox-faults", point.toString());
        return point;
    }

    /// Of 16 MiB, filled up but for one.
    private Path ext4(String name) throws IOException, InterruptedException {
        Path image = folder.resolve(name + ".img");
        try (OutputStream out = Files.newOutputStream(image)) {
            out.write(new byte[16 << 20]);
        }
        run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        Path point = Files.createDirectories(folder.resolve(name));
        mount(point, "-o", "loop", image.toString(), point.toString());
        long free = Files.getFileStore(point).getUsableSpace() - LEFT_ON_DISK;
        try (OutputStream out = Files.newOutputStream(point.resolve("filler"))) {
            out.write(new byte[(int) Math.max(0, free)]);
        }
        return point;
    }

    private Path readOnly(String name) throws IOException, InterruptedException {
        Path point = tmpfs(name);
        Sample.TICKS.create(point.resolve(ReadOnlyTrials.FILE));
        run("mount", "-o", "remount,ro", point.toString());
        return point;
    }

    private synchronized void mount(Path point, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
        mounted.push(point);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        String said;
        int code;
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            code = process.waitFor();
        } catch (IOException e) {
            said = e.toString();
            code = -1;
        }
        if (code != 0) {
            throw new IllegalStateException(
                    "the fault matrix mounts small file systems, which needs root and the programs"
                            + " mount and mkfs.ext4; "
                            + String.join(" ", command)
                            + " said: "
                            + said.strip());
        }
    }

    @Override
    @SuppressWarnings("SystemOut") // a program
    public synchronized void close() {
        boolean interrupted = Thread.interrupted();
        while (!mounted.isEmpty()) {
            Path point = mounted.pop();
            try {
                run("umount", point.toString());
            } catch (IOException | IllegalStateException e) {
                System.out.println("still mounted: " + point + ", " + e.getMessage());
            } catch (InterruptedException e) {
                interrupted = true;
                mounted.push(point);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
