package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.MissRatioCurve;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shares bytes out so that as many reads as possible are hits.
public final class BudgetPlan {

    /*
     * Members without a curve keep what they have, or get an equal share if they are new. What is
     * left is given to the others in parts of 1/128, by the lookahead algorithm of M. Qureshi and
     * Y. Patt (Utility-Based Cache Partitioning, MICRO 2006): each time, to the member that gains
     * most hits a part, looking at every number of parts it could be given at once. Looking at one
     * part at a time would never serve a loop, which finds nothing until all of it fits. What
     * nobody gains from is shared out equally.
     */

    private static final int PARTS = 128;
    private static final double WORTH = 1e-9;

    private BudgetPlan() {}

    /// What one member has and would do with more.
    ///
    /// @param floorBytes how much it must have
    /// @param ceilingBytes how much it may have
    /// @param bytes how much it has, 0 if it is new
    /// @param bytesPerEntry what an entry takes
    /// @param reads how many reads it had lately
    /// @param curve what it would find at which size, or null if that is not known
    public record Claim(
            long floorBytes,
            long ceilingBytes,
            long bytes,
            double bytesPerEntry,
            double reads,
            @Nullable MissRatioCurve curve) {

        /// Returns how many hits it would have.
        ///
        /// @param withBytes with how many bytes
        /// @return as many of its reads as it would find; 0 if that is not known
        public double hits(long withBytes) {
            return curve == null ? 0 : reads * curve.hitRatioAt((long) (withBytes / bytesPerEntry));
        }
    }

    /// Shares bytes out.
    ///
    /// @param totalBytes how many; at least the sum of the floors
    /// @param claims the members
    /// @return bytes for each, in their order, within floor and ceiling; together no more than the
    ///   total
    public static long[] allot(long totalBytes, List<Claim> claims) {
        int members = claims.size();
        long[] bytes = new long[members];
        long left = totalBytes;
        for (int i = 0; i < members; i++) {
            bytes[i] = claims.get(i).floorBytes();
            left -= bytes[i];
        }
        left -= keepUnknown(totalBytes, left, claims, bytes);
        left -= lookAhead(totalBytes, left, claims, bytes);
        shareEqually(left, claims, bytes);
        return bytes;
    }

    /// Returns how many hits members would have together.
    ///
    /// @param claims the members
    /// @param bytes bytes for each
    /// @return the hits
    public static double hits(List<Claim> claims, long[] bytes) {
        double hits = 0;
        for (int i = 0; i < bytes.length; i++) {
            hits += claims.get(i).hits(bytes[i]);
        }
        return hits;
    }

    private static long keepUnknown(long total, long left, List<Claim> claims, long[] bytes) {
        double[] wanted = new double[bytes.length];
        double sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            Claim claim = claims.get(i);
            if (claim.curve() == null) {
                double before = claim.bytes() == 0 ? (double) total / bytes.length : claim.bytes();
                wanted[i] = Math.max(0, Math.min(before, (double) claim.ceilingBytes()) - bytes[i]);
                sum += wanted[i];
            }
        }
        double share = sum <= left ? 1 : (double) left / sum;
        long given = 0;
        for (int i = 0; i < bytes.length; i++) {
            long more = Math.min((long) (wanted[i] * share), left - given);
            bytes[i] += more;
            given += more;
        }
        return given;
    }

    private static long lookAhead(long total, long free, List<Claim> claims, long[] bytes) {
        long part = Math.max(1, total / PARTS);
        long left = free;
        while (left > 0) {
            int best = -1;
            long bestBytes = 0;
            double bestGain = 0;
            for (int i = 0; i < bytes.length; i++) {
                Claim claim = claims.get(i);
                if (claim.curve() == null) {
                    continue;
                }
                long room = Math.min(left, claim.ceilingBytes() - bytes[i]);
                double now = claim.hits(bytes[i]);
                for (long more = Math.min(part, room);
                        more > 0;
                        more = more == room ? 0 : Math.min(more + part, room)) {
                    double gain = (claim.hits(bytes[i] + more) - now) / more * part;
                    if (gain > bestGain + WORTH) {
                        best = i;
                        bestBytes = more;
                        bestGain = gain;
                    }
                }
            }
            if (best < 0) {
                break;
            }
            bytes[best] += bestBytes;
            left -= bestBytes;
        }
        return free - left;
    }

    private static void shareEqually(long free, List<Claim> claims, long[] bytes) {
        long left = free;
        int[] open = new int[bytes.length];
        while (left > 0) {
            int count = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] < claims.get(i).ceilingBytes()) {
                    open[count++] = i;
                }
            }
            if (count == 0 || left < count) {
                return;
            }
            long each = left / count;
            for (int member : Arrays.copyOf(open, count)) {
                long more = Math.min(each, claims.get(member).ceilingBytes() - bytes[member]);
                bytes[member] += more;
                left -= more;
            }
        }
    }
}
