package io.patinox.faults;

import io.patinox.memory.error.MappingException;
import io.patinox.memory.error.MappingHeaderException;
import io.patinox.memory.mmap.FileInspection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/// An access that was done often, and then meets a fault: between two bodies, or in the middle of
/// one.
///
/// @param fault what happens
/// @param within whether it happens in the middle of a body
/// @param access what is done
record AccessTrial(Fault fault, boolean within, Access access) implements Trial {
    private static final int AGAIN = 2;

    @Override
    public String name() {
        return fault + (within ? "-within/" : "/") + access;
    }

    @Override
    public Verdict run(Bench bench) throws IOException {
        Path path = bench.sample(access.sample());
        Trip trip = new Trip();
        boolean always = fault == Fault.CUT_IN_PAGE || fault == Fault.CUT_LAST_PAGE;
        Use.Opened opened = access.open(path, always);
        boolean judged = false;
        try {
            long expected = opened.run(trip);
            for (int round = 1; round < bench.tier().rounds(); round++) {
                expected = opened.run(trip);
            }
            if (within) {
                trip.set(Access.MIDDLE, () -> fault.happenTo(path));
            } else {
                bench.ask(fault, path);
            }
            Verdict verdict = meet(opened, trip, expected);
            if (fault == Fault.REGROWN && access.isReading() && verdict != Verdict.REFUSED) {
                verdict = lookAt(path);
            }
            judged = right().contains(verdict);
            return verdict;
        } finally {
            close(opened, judged);
        }
    }

    private Verdict meet(Use.Opened opened, Trip trip, long expected) throws IOException {
        Verdict first = once(opened, trip, expected);
        for (int again = 0; again < AGAIN; again++) {
            Verdict later = once(opened, trip, expected);
            if (!right().contains(later)) {
                return later; // the fault must be met each time
            }
        }
        return first;
    }

    private Verdict once(Use.Opened opened, Trip trip, long expected) {
        try {
            long result = opened.run(trip);
            return result == expected
                    ? Verdict.OK
                    : fault == Fault.REGROWN ? Verdict.ZEROS : Verdict.WRONG;
        } catch (MappingException | Fault.RefusedException e) {
            Verdict verdict = Verdict.of(e);
            if (right().contains(verdict)) {
                return verdict;
            }
            throw e;
        }
    }

    /// Closing may say what happened to the file, but only that.
    private static void close(Use.Opened opened, boolean judged) {
        try {
            opened.close();
        } catch (MappingException e) {
            if (judged && Verdict.of(e) == Verdict.OTHER) {
                throw e;
            }
        }
    }

    @Override
    public Set<Verdict> right() {
        Set<Verdict> right = EnumSet.of(Verdict.REFUSED);
        if (fault.isCut()) {
            right.add(Verdict.FAULT);
            if (!access.isBody()) {
                right.addAll(Set.of(Verdict.STALE, Verdict.STORAGE));
            }
            return right;
        }
        right.add(Verdict.OK);
        if (fault == Fault.REGROWN) {
            right.addAll(Set.of(Verdict.ZEROS, Verdict.STALE));
            return right;
        }
        switch (access) {
            case FORCE, FORCE_RANGE, CHECK, REFRESH -> {
                right.remove(Verdict.OK);
                right.add(Verdict.STALE);
            }
            case APPEND, APPEND_ALL, RESIZE, SHRINK, RESERVE -> right.add(Verdict.STALE);
            default -> {}
        }
        return right;
    }

    /// Whether checksums notice that elements are not what they were. Only for accesses that read:
    /// closing renews the checksums of what was written.
    private static Verdict lookAt(Path path) {
        try (FileInspection inspection = FileInspection.open(path)) {
            return inspection.verify().isGood() ? Verdict.WRONG : Verdict.ZEROS;
        } catch (MappingHeaderException e) {
            return Verdict.ZEROS; // the checksums are gone, too
        }
    }
}
