package io.patinox.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/// An access that was done often, and then comes to the end of a full disk in a sparse file.
///
/// @param place the small file system
/// @param access what is done
record SparseTrial(Place place, Access access) implements Trial {
    private static final long COUNT = 4L * 1024 * 1024 / 24; // four times what has room

    @Override
    public String name() {
        return "SPARSE_" + place + "/" + access;
    }

    @Override
    public Verdict run(Bench bench) throws IOException {
        Trip trip = new Trip();
        try (Use.Opened warm = access.open(bench.sample(access.sample()), false)) {
            for (int round = 0; round < bench.tier().rounds(); round++) {
                warm.run(trip);
            }
        }
        Path path = bench.unused(place);
        try (Use.Opened opened = access.sparse(path, COUNT)) {
            opened.run(trip);
            return Verdict.OK;
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /// An atomic operation that is interpreted ends the JVM where a file has a hole and its disk no
    /// room, and nobody can prevent it: reading the place first shows a cut, but fills no hole of a
    /// file on a disk. The Javadoc says so; it is outside of what the matrix claims.
    @Override
    public Set<Tier> tiers() {
        return place == Place.EXT4 && access.isAtomic()
                ? EnumSet.of(Tier.C1, Tier.C2)
                : EnumSet.allOf(Tier.class);
    }

    @Override
    public Set<Verdict> right() {
        return access.isReading()
                ? EnumSet.of(Verdict.OK, Verdict.FAULT) // holes may need room when they are read
                : EnumSet.of(Verdict.FAULT);
    }
}
