package io.patinox.cli.simulate;

import io.patinox.cli.terminal.Figures;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many entries a cache may have: a number, or a share of the keys of the trace.
///
/// @param entries the number, or 0 for a share
/// @param percent the share in percent, or 0 for a number
record Size(int entries, double percent) {

    static final int MOST = 1_000_000_000;

    static final String USUAL = "0.5%,1%,2%,5%,10%,20%,50%";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,10})(\\.[0-9]{1,6})?(%)?");

    /// Reads sizes between commas.
    static List<Size> list(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).map(Size::of).toList();
    }

    private static Size of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || (form.group(2) != null && form.group(3) == null)) {
            throw new BadInputException(
                    ("--sizes has '%s', which is neither a number such as 500 nor a share such as"
                                    + " 2%%")
                            .formatted(text));
        }
        if (form.group(3) == null) {
            long entries = Long.parseLong(text);
            if (entries < 1 || entries > MOST) {
                throw new BadInputException(
                        "--sizes has %s, which must be 1 to %s entries, or a share such as 2%%"
                                .formatted(text, Figures.count(MOST)));
            }
            return new Size((int) entries, 0);
        }
        double percent = Double.parseDouble(text.substring(0, text.length() - 1));
        if (percent <= 0 || percent > 100) {
            throw new BadInputException(
                    "--sizes has %s, which must be more than 0%% and at most 100%% of the keys"
                            .formatted(text));
        }
        return new Size(0, percent);
    }

    /// Returns the sizes for a trace, each once, smallest first.
    static int[] entries(List<Size> sizes, Trace trace) {
        return sizes.stream().mapToInt(size -> size.of(trace)).sorted().distinct().toArray();
    }

    private int of(Trace trace) {
        return entries > 0
                ? entries
                : (int) Math.max(1, Math.round(trace.distinct() * percent / 100));
    }
}
