package io.patinox.faults;

import java.util.Set;

/// What came of a trial, whether that is right, and what there is to say about it.
///
/// @param trial the name of the trial
/// @param tier where it ran
/// @param verdict what came of it
/// @param isRight whether it may
/// @param remark what there is to say, in one line
record Outcome(String trial, Tier tier, Verdict verdict, boolean isRight, String remark) {
    private static final String WORD = "OUTCOME";

    static Outcome of(Trial trial, Tier tier, Verdict verdict, String remark) {
        Set<Verdict> right = trial.right();
        String wanted = right.contains(verdict) ? "" : " (may be " + right + ")";
        return new Outcome(trial.name(), tier, verdict, right.contains(verdict), remark + wanted);
    }

    static Outcome of(Trial trial, Tier tier, Throwable failure) {
        return of(trial, tier, Verdict.of(failure), describe(failure));
    }

    /// In one line, with the places nearest to the failure.
    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.toString());
        if (Verdict.of(failure).compareTo(Verdict.REFUSED) > 0) {
            StackTraceElement[] stack = failure.getStackTrace();
            for (int i = 0; i < Math.min(12, stack.length); i++) {
                text.append(" < ").append(stack[i]);
            }
        }
        Throwable cause = failure.getCause();
        if (cause != null) {
            text.append(" / by ").append(describe(cause));
        }
        return text.toString().replaceAll("\\s+", " ");
    }

    boolean isFor(String name) {
        return trial.equals(name);
    }

    /// As a line between processes.
    String line() {
        return String.join(
                "\t", WORD, trial, tier.name(), verdict.name(), String.valueOf(isRight), remark);
    }

    static boolean isLine(String line) {
        return line.startsWith(WORD + "\t");
    }

    static Outcome parse(String line) {
        String[] part = line.split("\t", 6);
        return new Outcome(
                part[1],
                Tier.valueOf(part[2]),
                Verdict.valueOf(part[3]),
                Boolean.parseBoolean(part[4]),
                part[5]);
    }
}
