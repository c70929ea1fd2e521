package io.patinox.memory.pool.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// **Claim.** while a waiter still waits nobody takes a slot: the gate opens after the waiter was
/// served, not before.
///
/// Run: `java -jar verification/stress-tests/target/jcstress.jar -t GrantBeforeGateStress`
@JCStressTest
@Outcome(
        id = "put, took, granted, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the waiter was served first")
@Outcome(id = "put, none, granted, kept", expect = Expect.ACCEPTABLE, desc = "the gate was closed")
@Outcome(
        id = "put, took, waits, kept",
        expect = Expect.FORBIDDEN,
        desc = "the taker overtook the waiter")
@Outcome(
        id = "put, none, waits, kept",
        expect = Expect.ACCEPTABLE,
        desc = "the put was left to the other thread, and the gate was closed")
@State
public class GrantBeforeGateStress extends Round {
    private final Waiter waiter = patient();

    public GrantBeforeGateStress() {
        super(2);
        claim(0, one);
        claim(1, two);
        enqueue(waiter);
    }

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = put(0, one, BEFORE);
    }

    @Actor
    public void second(LLLL_Result r) {
        put(1, two, BEFORE);
        r.r2 = take(two);
        r.r3 = state(waiter);
    }

    @Arbiter
    public void after(LLLL_Result r) {
        r.r4 = audit();
    }
}
