package io.patinox.faults;

import io.patinox.memory.error.MappingLimitException;
import io.patinox.memory.mmap.MappedFile;
import io.patinox.memory.mmap.MappingGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/// Maps until no more may be mapped, and sees whether the JVM can still work. A file of a group
/// stays mapped when it is closed, so that no other limit is met before.
final class MapLimitTrial implements Trial {
    private static final int LARGEST_LIMIT = 200_000;
    private static final Path LIMIT = Path.of("/proc/sys/vm/max_map_count");

    @Override
    public String name() {
        return "MAP_LIMIT/OPEN";
    }

    @Override
    public Verdict run(Bench bench) throws Exception {
        if (!Files.exists(LIMIT)
                || Integer.parseInt(Files.readString(LIMIT).strip()) > LARGEST_LIMIT) {
            return Verdict.REFUSED; // it has none, or one that nobody meets
        }
        Path path = bench.sample(Sample.TICKS);
        try (MappingGroup group = MappingGroup.open("limit")) {
            try {
                for (int i = 0; i < LARGEST_LIMIT; i++) {
                    MappedFile.builder(path, Tick.class).group(group).openReadOnly().close();
                }
                return Verdict.OK;
            } catch (MappingLimitException e) {
                Thread.ofPlatform().start(() -> {}).join();
                byte[][] much = new byte[100][];
                for (int i = 0; i < much.length; i++) {
                    much[i] = new byte[1 << 20];
                }
                if (e.mappings() < e.limit()) {
                    return Verdict.WRONG;
                }
            }
        }
        MappedFile.builder(path, Tick.class).openReadOnly().close(); // there is room again
        return Verdict.LIMIT;
    }

    @Override
    public Set<Verdict> right() {
        return Set.of(Verdict.LIMIT, Verdict.REFUSED);
    }

    /// Some fifty thousand times: the interpreter would take minutes, and shows nothing else.
    @Override
    public Set<Tier> tiers() {
        return EnumSet.of(Tier.C1, Tier.C2);
    }

    @Override
    public boolean isAlone() {
        return true;
    }
}
