package io.patinox.cli.demo.bank;

import java.util.ArrayList;
import java.util.List;

/// What an audit found.
///
/// @param rows lines of history read
/// @param acknowledged transfers that clients know to be done
/// @param failed transfers that clients know not to be done
/// @param inDoubt transfers whose connection died while committing
/// @param inDoubtDone those of them that are in the database
/// @param violations how often the database and the ledgers contradict each other
/// @param examples the first violations, in words; at most ten
public record AuditResult(
        long rows,
        long acknowledged,
        long failed,
        long inDoubt,
        long inDoubtDone,
        long violations,
        List<String> examples) {

    /// Takes a copy of the examples.
    public AuditResult {
        examples = List.copyOf(examples);
    }

    /// Returns whether the database and the ledgers agree.
    public boolean passed() {
        return violations == 0;
    }

    /// Counts while the audit goes on.
    static final class Builder {

        private static final int EXAMPLES_MAX = 10;

        private final List<String> examples = new ArrayList<>();
        private long rows;
        private long acknowledged;
        private long failed;
        private long inDoubt;
        private long inDoubtDone;
        private long violations;

        void row() {
            rows++;
        }

        void acknowledged() {
            acknowledged++;
        }

        void failed() {
            failed++;
        }

        void inDoubt(boolean done) {
            inDoubt++;
            if (done) {
                inDoubtDone++;
            }
        }

        void violation(String what, Transfer transfer) {
            violation(
                    "transfer %d of client %d: %s"
                            .formatted(transfer.sequence(), transfer.client(), what));
        }

        void violation(String what) {
            violations++;
            if (examples.size() < EXAMPLES_MAX) {
                examples.add(what);
            }
        }

        AuditResult build() {
            return new AuditResult(
                    rows, acknowledged, failed, inDoubt, inDoubtDone, violations, examples);
        }
    }
}
