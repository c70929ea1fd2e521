package io.patinox.stress;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Claim: two increments of one atomic counter never see the same value. It shows that the harness
/// runs.
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "the first actor came first")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "the second actor came first")
@State
public class AtomicCounterStress {

    private final AtomicInteger counter = new AtomicInteger();

    /// Creates the state of one round.
    public AtomicCounterStress() {}

    /// Increments once.
    ///
    /// @param result where the value seen goes
    @Actor
    public void first(II_Result result) {
        result.r1 = counter.incrementAndGet();
    }

    /// Increments once.
    ///
    /// @param result where the value seen goes
    @Actor
    public void second(II_Result result) {
        result.r2 = counter.incrementAndGet();
    }
}
