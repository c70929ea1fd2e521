package io.patinox.memory.config;

import io.patinox.memory.share.MutableSharedData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// **Claim.** a snapshot is a value and its own version, and never older than a value that the
/// reader saw before, also if a rollback brings the same object back.
///
/// The first version holds 1, the second 2, the third the object of the first again. A reader sees
/// a value, and then a snapshot, shown as version and value.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t VersionPairStress`
@JCStressTest
@Outcome(
        id = {"1, 11", "1, 22", "1, 31", "2, 22", "2, 31"},
        expect = Expect.ACCEPTABLE,
        desc = "a pair, and no older than what was seen")
@State
public class VersionPairStress {
    private final int[] one = {1};
    private final int[] two = {2};
    private volatile int @Nullable [] front;
    private final Versions<int[]> versions =
            new Versions<>(
                    new ConfigSnapshot<>(one, 1, Instant.EPOCH, ConfigCause.START),
                    3,
                    MutableSharedData.of(one),
                    value -> front = value);

    @Actor
    public void writer() {
        versions.publish(two, Instant.EPOCH, ConfigCause.RELOAD);
        versions.publish(one, Instant.EPOCH, ConfigCause.ROLLBACK);
    }

    @Actor
    public void reader(II_Result r) {
        int[] seen = front;
        ConfigSnapshot<int[]> read = versions.newest();
        ConfigSnapshot<int[]> paired = versions.paired(front, read);
        r.r1 = seen == null ? 0 : seen[0];
        r.r2 = (int) paired.version() * 10 + paired.value()[0];
    }
}
