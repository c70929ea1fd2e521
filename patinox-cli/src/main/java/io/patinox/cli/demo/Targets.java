package io.patinox.cli.demo;

import io.patinox.cli.demo.Report.OutageFigures;
import io.patinox.cli.demo.bank.AuditResult;
import io.patinox.cli.terminal.Figures;
import io.patinox.memory.resource.ResourceBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Judges a run: what the demo claims, target by target.
final class Targets {

    static final long WARM_P95_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long OUTAGE_NANOS = TimeUnit.SECONDS.toNanos(5);
    static final int OUTAGES = 2;

    private final List<Target> targets = new ArrayList<>();

    private Targets() {}

    static List<Target> judge(Findings found) {
        var judged = new Targets();
        judged.warm(found.warm());
        judged.crowd(found.crowd(), found.pool());
        if (found.options().chaos()) {
            judged.outages(found.outages(), found.chaosFailure());
            judged.leak(found.leak());
        }
        judged.errors(found.warm(), found.crowd());
        judged.audit(found.audit());
        judged.resources(found.balance());
        return List.copyOf(judged.targets);
    }

    private void warm(@Nullable PhaseFigures warm) {
        String name = "warm: acquisition p95 under 1 ms";
        if (warm == null || warm.operations() == 0) {
            targets.add(Target.notReached(name));
            return;
        }
        long p95 = warm.acquisition().p95Nanos();
        targets.add(Target.of(name, Figures.nanos(p95), p95 < WARM_P95_NANOS));
    }

    private void crowd(@Nullable PhaseFigures crowd, @Nullable PoolFigures pool) {
        String order = "crowd: everybody served in order";
        String inTime = "crowd: nobody timed out outside the outages";
        String even = "crowd: operations a client, even within 10 % or two";
        if (crowd == null || pool == null) {
            List.of(order, inTime, even).forEach(name -> targets.add(Target.notReached(name)));
            return;
        }
        targets.add(
                Target.of(
                        order,
                        Figures.count(pool.overtakings()) + " overtakings",
                        pool.overtakings() == 0));
        long late = crowd.timeouts().otherwise();
        targets.add(Target.of(inTime, Figures.count(late) + " timed out", late == 0));
        PhaseFigures.Turns turns = crowd.turns();
        targets.add(
                Target.of(
                        even,
                        Figures.count(turns.fewest()) + " to " + Figures.count(turns.most()),
                        turns.areEven() && turns.most() > 0));
    }

    private void outages(@Nullable List<OutageFigures> outages, @Nullable Throwable failure) {
        String name = "outages: each at most 5 s to the first new connection";
        if (failure != null) {
            targets.add(Target.of(name, "could not be caused: " + failure, false));
        } else if (outages == null || outages.size() < OUTAGES) {
            targets.add(Target.notReached(name));
        } else if (outages.stream().anyMatch(outage -> outage.nanos() == null)) {
            targets.add(Target.of(name, "one never ended", false));
        } else {
            long longest = 0;
            for (OutageFigures outage : outages) {
                Long nanos = outage.nanos();
                longest = Math.max(longest, nanos == null ? Long.MAX_VALUE : nanos);
            }
            targets.add(
                    Target.of(name, "longest " + Figures.nanos(longest), longest <= OUTAGE_NANOS));
        }
    }

    private void leak(@Nullable LeakFigures leak) {
        String name = "leak: reported with its place, connection replaced";
        if (leak == null) {
            targets.add(Target.notReached(name));
        } else {
            Long recovered = leak.recoveredNanos();
            String figure =
                    !leak.isReported()
                            ? "not reported"
                            : recovered == null
                                    ? "reported, not replaced"
                                    : "after " + Figures.nanos(recovered);
            targets.add(Target.of(name, figure, leak.isReported() && recovered != null));
        }
    }

    private void errors(@Nullable PhaseFigures warm, @Nullable PhaseFigures crowd) {
        String name = "clients: no error but the death of a connection";
        if (warm == null || crowd == null) {
            targets.add(Target.notReached(name));
            return;
        }
        long errors = warm.surprises() + crowd.surprises();
        targets.add(Target.of(name, Figures.count(errors) + " errors", errors == 0));
    }

    private void audit(@Nullable AuditResult audit) {
        String name = "money: database and ledgers agree";
        targets.add(
                audit == null
                        ? Target.notReached(name)
                        : Target.of(
                                name,
                                Figures.count(audit.violations()) + " contradictions",
                                audit.passed() && audit.acknowledged() > 0));
    }

    private void resources(@Nullable ResourceBalance balance) {
        String name = "resources: all acquired are accounted for, none open";
        if (balance == null) {
            targets.add(Target.notReached(name));
            return;
        }
        long lost = balance.failed() + balance.abandoned() + balance.open();
        targets.add(
                Target.of(
                        name,
                        Figures.count(balance.open()) + " open",
                        balance.holds() && lost == 0));
    }
}
