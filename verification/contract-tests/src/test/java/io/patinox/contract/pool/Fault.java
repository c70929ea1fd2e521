package io.patinox.contract.pool;

import io.patinox.contract.pool.Things.Thing;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// What a manager's method can do wrong.
enum Fault {
    THROWS,
    THROWS_AN_ERROR,
    HANGS,
    SAYS_NO;

    /// The methods of a manager.
    enum Call {
        CREATE,
        VALIDATE,
        RECYCLE,
        DESTROY
    }

    /// An `Error` of the manager's.
    static final class Broken extends Error {
        private static final long serialVersionUID = 1L;

        Broken() {
            super("broken");
        }
    }

    /// A manager with one fault in one method, until it is healed.
    static final class Faulty extends Things {
        private final CountDownLatch healed = new CountDownLatch(1);
        private final Call call;
        private final Fault fault;
        volatile boolean active;

        Faulty(Call call, Fault fault) {
            this.call = call;
            this.fault = fault;
        }

        boolean hangs() {
            return fault == HANGS;
        }

        /// Ends the fault, and every call that hangs in it.
        void heal() {
            active = false;
            healed.countDown();
        }

        @Override
        @Nullable Thing creating() throws Exception {
            return strike(Call.CREATE) ? super.creating() : null;
        }

        @Override
        boolean validating(Thing thing) throws Exception {
            return strike(Call.VALIDATE);
        }

        @Override
        void recycling(Thing thing) throws Exception {
            strike(Call.RECYCLE);
        }

        @Override
        void destroying(Thing thing) throws Exception {
            strike(Call.DESTROY);
        }

        private boolean strike(Call at) throws IOException {
            if (!active || at != call) {
                return true;
            }
            switch (fault) {
                case THROWS -> throw new IOException("no route to host");
                case THROWS_AN_ERROR -> throw new Broken();
                case HANGS -> hang();
                case SAYS_NO -> {
                    return false;
                }
            }
            return true;
        }

        /// Hangs and doesn't heed interruption, as a socket without a timeout.
        private void hang() {
            boolean interrupted = false;
            while (true) {
                try {
                    healed.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
