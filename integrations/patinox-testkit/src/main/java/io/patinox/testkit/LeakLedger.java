package io.patinox.testkit;

import io.patinox.memory.resource.LeakReport;
import io.patinox.memory.resource.LeakWatch;
import io.patinox.testkit.LeakText.Leak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The leaks of one run of JUnit, and whose each is: see the comment of the package.
///
/// A leak is claimed by the first that it may be charged to: its owner when that ends; after that
/// the spans around the owner when they end; at last the run. Where there are several owners it may
/// be of, it is charged as if it were of the class around the first of them that ends.
///
/// It keeps every span until the run ends, about 100 bytes each, since a leak may be found late.
final class LeakLedger implements AutoCloseable {
    private static final StackTraceElement[] NOWHERE = {};

    private final LeakWatch watch = LeakWatch.open();
    private final Duration patience;
    private final Object lock = new Object();
    private final List<Span> spans = new ArrayList<>();
    private final Set<LeakReport> claimed = Collections.newSetFromMap(new IdentityHashMap<>());

    /// Begins to watch.
    ///
    /// @param patience how long to look for leaks when the run ends
    LeakLedger(Duration patience) {
        this.patience = patience;
    }

    void begin(Span span) {
        synchronized (lock) {
            spans.add(span);
        }
    }

    /// A span ends: fails it if something leaked that is charged to it.
    void end(Span span, Duration patienceNow) {
        synchronized (lock) {
            span.end();
        }
        collect(patienceNow);
        failIfAny(claim(span));
    }

    /// The run ends.
    @Override
    public void close() {
        collect(patience);
        List<Leak> left = claim(null);
        watch.close();
        failIfAny(left);
    }

    private static void failIfAny(List<Leak> leaks) {
        if (!leaks.isEmpty()) {
            throw new LeakError(LeakText.message(leaks), leaks.stream().map(Leak::report).toList());
        }
    }

    /// A test that leaves its thread interrupted has not asked for its leaks to be overlooked.
    private void collect(Duration patienceNow) {
        boolean interrupted = Thread.interrupted();
        try {
            List<LeakReport> _ = watch.collect(patienceNow);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// {@return what is charged to a span that has ended, or to the run}
    private List<Leak> claim(@Nullable Span ending) {
        synchronized (lock) {
            List<Leak> mine = new ArrayList<>();
            for (LeakReport report : watch.leaks()) {
                if (!claimed.contains(report) && !LeakAssertions.isExpected(report)) {
                    List<Span> owners = owners(report);
                    if (isChargedTo(ending, owners)) {
                        claimed.add(report);
                        mine.add(new Leak(report, whose(ending, owners)));
                    }
                }
            }
            return mine;
        }
    }

    private static boolean isChargedTo(@Nullable Span ending, List<Span> owners) {
        if (owners.isEmpty()) {
            return false; // acquired while nothing was watched
        }
        if (ending == null) {
            return true;
        }
        if (owners.size() == 1) {
            Span owner = owners.getFirst();
            return owner.isOver() && ending.isOrHolds(owner);
        }
        return !ending.isTest() && owners.stream().anyMatch(ending::isOrHolds);
    }

    private static String whose(@Nullable Span ending, List<Span> owners) {
        if (owners.size() > 1) {
            return " by one of " + owners;
        }
        return owners.getFirst().equals(ending) ? "" : " by " + owners.getFirst();
    }

    /// {@return the spans that may own a leak: none, one, or several that cannot be told apart}
    private List<Span> owners(LeakReport report) {
        List<Span> running = spans.stream().filter(s -> s.covers(report.acquiredNanos())).toList();
        List<Span> inner = Span.innermost(running);
        if (inner.size() < 2) {
            return inner;
        }
        StackTraceElement[] frames = report.site().map(Throwable::getStackTrace).orElse(NOWHERE);
        int best = running.stream().mapToInt(span -> span.match(frames)).max().orElse(0);
        Predicate<Span> matches = span -> span.match(frames) == best;
        List<Span> matching = Span.innermost(running.stream().filter(matches).toList());
        return best == 0 ? inner : matching;
    }
}
