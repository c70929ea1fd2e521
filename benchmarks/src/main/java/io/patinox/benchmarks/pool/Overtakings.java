package io.patinox.benchmarks.pool;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Counts, from outside a pool, who was served before somebody who had queued before them.
final class Overtakings {

    /*
     * A overtook B when A's acquire began after B had queued, and A was served before B. Clocks
     * around the calls show neither moment exactly:
     *
     * - B queues some time after its acquire began. So B counts as queued only SLACK after that;
     *   a B that the scheduler stopped in between for longer is a false alarm, and rare.
     * - B was served some time before its acquire returned, for a woken thread has to get a
     *   processor first. Reading the return as the moment of service, as is often done, makes a
     *   perfect queue look unfair. But B cannot have been served before its object's previous
     *   borrower began to release it, and that moment is noted in the object.
     *
     * So A overtook B for certain when B.requested + SLACK < A.requested and A.granted <
     * B.released. Everything doubtful counts as order, for every implementation alike.
     *
     * With the acquires sorted by request, A overtook somebody when the latest release among those
     * who requested early enough is later than A's grant: one pass with two pointers.
     */

    static final long SLACK_NANOS = 200_000;

    private Overtakings() {}

    private record Acquire(long requested, long granted, long released) {}

    /// Returns how many of the noted acquires overtook somebody.
    static long count(List<WaitLog> logs) {
        Acquire[] acquires =
                logs.stream()
                        .flatMap(log ->
                                Arrays.stream(indices(log.size))
                                        .mapToObj(i ->
                                                new Acquire(
                                                        log.requestedNanos[i],
                                                        log.grantedNanos[i],
                                                        log.releasedNanos[i])))
                        .sorted(Comparator.comparingLong(Acquire::requested))
                        .toArray(Acquire[]::new);
        long overtakers = 0;
        long latestRelease = Long.MIN_VALUE;
        int queued = 0;
        for (Acquire acquire : acquires) {
            while (acquires[queued].requested + SLACK_NANOS < acquire.requested) {
                latestRelease = Math.max(latestRelease, acquires[queued].released);
                queued++;
            }
            if (acquire.granted < latestRelease) {
                overtakers++;
            }
        }
        return overtakers;
    }

    private static int[] indices(int size) {
        int[] indices = new int[size];
        Arrays.setAll(indices, i -> i);
        return indices;
    }
}
