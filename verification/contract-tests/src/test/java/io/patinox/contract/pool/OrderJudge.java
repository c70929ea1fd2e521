package io.patinox.contract.pool;

import io.patinox.contract.pool.Lending.Loan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Records who asked, queued, was served and gave back in which order, and finds who was overtaken.
final class OrderJudge {
    /*
     * No clocks: one counter stamps what happens, and each stamp is taken on the side that makes
     * the verdict safe.
     *
     *   began      before the acquire begins
     *   queued     after it is known to be queued: the future was not done; 0 if that isn't known
     *   served     after the acquire has returned
     *   givenBack  of the thing that was got, before its last holder began to give it back
     *
     * Somebody was overtaken by X if its `queued` lies before X's `began`, and X's `served` lies
     * before its own `givenBack`: it was queued before X began, and X had been served when the
     * thing it was to get wasn't even on its way. Each such case is an overtaking for certain.
     */
    private final AtomicLong stamps = new AtomicLong();
    private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();

    private record Turn(long began, long queued, long served, long givenBack) {}

    /// Borrows once and gives back.
    void borrow(Lending lending) {
        long began = stamps.incrementAndGet();
        var asked = lending.ask();
        long queued = asked.isDone() ? 0 : stamps.incrementAndGet();
        Loan loan = asked.join();
        turns.add(new Turn(began, queued, stamps.incrementAndGet(), loan.thing().note));
        loan.thing().touch();
        if ((began & 3) == 0) {
            Thread.yield();
        }
        loan.thing().note = stamps.incrementAndGet();
        loan.giveBack().run();
    }

    long queued() {
        return turns.stream().filter(turn -> turn.queued > 0).count();
    }

    /// {@return how many were overtaken, by somebody}
    long overtaken() {
        List<Turn> byService =
                turns.stream().sorted(Comparator.comparingLong(Turn::served)).toList();
        long[] served = byService.stream().mapToLong(Turn::served).toArray();
        long[] latestBegin = byService.stream().mapToLong(Turn::began).toArray();
        Arrays.parallelPrefix(latestBegin, Math::max);
        return turns.stream()
                .filter(turn -> turn.queued > 0)
                .filter(turn -> {
                    int before = -Arrays.binarySearch(served, turn.givenBack) - 2;
                    return before >= 0 && latestBegin[before] > turn.queued;
                })
                .count();
    }
}
