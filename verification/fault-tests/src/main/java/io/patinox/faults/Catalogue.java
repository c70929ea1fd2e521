package io.patinox.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All trials that run in a JVM of their own, by name.
final class Catalogue {
    private static final List<Access> READS_OF_HOLES =
            List.of(
                    Access.GET,
                    Access.SUM_LONG,
                    Access.COPY_TO_ARRAY,
                    Access.CHECKSUM,
                    Access.STREAM,
                    Access.GET_VOLATILE,
                    Access.STRING);

    /// Some of each kind, without mounts.
    static final List<String> QUICK =
            List.of(
                    "CUT_TO_ZERO/CHECKSUM",
                    "CUT_TO_HEADER-within/GET_TO_ARRAY",
                    "CUT_TO_HEADER/COMPARE_AND_SET",
                    "CUT_TO_PAGES/SUM_INT",
                    "CUT_TO_PAGES/NARROW",
                    "CUT_TO_PAGES/STRING",
                    "CUT_TO_PAGES-within/SET",
                    "CUT_TO_PAGES/PARALLEL_STREAM",
                    "CUT_TO_PAGES/VIEW_GET",
                    "CUT_TO_PAGES/APPEND",
                    "CUT_IN_PAGE/COLUMN_COPY",
                    "REGROWN/GET",
                    "DELETED/FORCE",
                    "REPLACED/CHECK",
                    "CLOSED/ARENA");

    private Catalogue() {}

    static Map<String, Trial> all() {
        List<Trial> trials = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            for (Access access : Access.values()) {
                trials.add(new AccessTrial(fault, false, access));
            }
            for (Access access : Access.values()) {
                if (access.hasMiddle()) {
                    trials.add(new AccessTrial(fault, true, access));
                }
            }
        }
        for (Place place : List.of(Place.TMPFS, Place.EXT4)) {
            for (Access access : Access.values()) {
                if (READS_OF_HOLES.contains(access) || (access.isBody() && !access.isReading())) {
                    trials.add(new SparseTrial(place, access));
                }
            }
            trials.addAll(new FullDiskTrials(place).all());
        }
        trials.addAll(ReadOnlyTrials.mounted());
        trials.addAll(ReadOnlyTrials.anywhere());
        trials.addAll(ClosingTrials.all());
        trials.add(new MapLimitTrial());
        Map<String, Trial> byName = new LinkedHashMap<>();
        trials.forEach(trial -> byName.put(trial.name(), trial));
        return byName;
    }
}
