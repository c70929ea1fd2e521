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

    @Override
    public Set<Verdict> right() {
        return access.isReading()
                ? EnumSet.of(Verdict.OK, Verdict.FAULT) // holes may need room when they are read
                : EnumSet.of(Verdict.FAULT);
    }
}
