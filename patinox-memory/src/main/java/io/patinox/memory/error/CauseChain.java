package io.patinox.memory.error;

import io.patinox.memory.error.RecoveryStrategy.Fail;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import org.jspecify.annotations.Nullable;

/// Reads a chain of causes to its end and says which strategy it means.
final class CauseChain {

    /*
     * One walk along getCause() that stops at the first link that forbids recovery (an Error, an
     * interruption, a code that says Fail by itself) and remembers the last PatinoxException it
     * passed. That is the innermost, so a strategy can't be changed by wrapping the failure that
     * carries it. If the innermost is a wrapper, what it carries is unknown.
     *
     * getCause() belongs to whoever wrote the exception. It may throw, lead back into the chain, or
     * invent a new cause at every call. Cycles are found with Brent's method (a marker that jumps
     * ahead at every power of two), which needs no memory: when the walk meets the marker, every
     * link of the cycle has been seen. Endless chains end at LONGEST. Both what throws and what is
     * too long might hide an Error further down, so both mean Fail.
     */

    static final int LONGEST = 10_000;

    private static final Fail UNKNOWN =
            new Fail("the failure is unknown, so nothing says that trying again is safe");
    private static final Fail UNREADABLE =
            new Fail("the chain of causes cannot be read to its end");
    private static final Fail ERROR = new Fail("an Error is in the chain of causes");
    private static final Fail INTERRUPTED =
            new Fail("the thread was interrupted: somebody wants it to stop");

    private CauseChain() {}

    // the marker is this very link, not one that calls itself equal
    @SuppressWarnings("ReferenceEquality")
    static RecoveryStrategy strategyOf(@Nullable Throwable failure) {
        ErrorCode innermost = null;
        Throwable link = failure;
        Throwable marker = null;
        int nextMark = 1;
        for (int length = 0; link != null && link != marker; length++) {
            if (length == LONGEST) {
                return UNREADABLE;
            }
            if (link instanceof Error) {
                return ERROR;
            }
            if (isInterruption(link)) {
                return INTERRUPTED;
            }
            if (link instanceof PatinoxException known) {
                innermost = known.code();
                if (innermost.strategy() instanceof Fail fail && !innermost.wrapper()) {
                    return fail;
                }
            }
            if (length == nextMark) {
                marker = link;
                nextMark *= 2;
            }
            try {
                link = link.getCause();
            } catch (RuntimeException | StackOverflowError e) {
                return UNREADABLE;
            }
        }
        return innermost == null || innermost.wrapper() ? UNKNOWN : innermost.strategy();
    }

    // a socket timeout is called an interrupted transfer by its type, but nobody interrupted
    private static boolean isInterruption(Throwable link) {
        return link instanceof InterruptedException
                || link instanceof ClosedByInterruptException
                || link instanceof FileLockInterruptionException
                || (link instanceof InterruptedIOException
                        && !(link instanceof SocketTimeoutException));
    }
}
