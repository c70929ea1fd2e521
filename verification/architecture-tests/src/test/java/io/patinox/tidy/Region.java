package io.patinox.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Regions of source files, marked as the documentation tool wants them: from `@start region="x"`
/// to `@end`, each in a comment at the end of a line.
final class Region {

    private static final Pattern MARKUP = Pattern.compile("\\s*// @(highlight|replace|link)\\b.*$");

    private Region() {}

    /// The text of a region, moved to the left margin, without markup.
    static Optional<String> of(TextFile file, String name) {
        var start = Pattern.compile("// @start region=\"?" + Pattern.quote(name) + "\"?\\s*$");
        var region = new ArrayList<String>();
        int depth = 0;
        boolean found = false;
        for (String line : file.lines()) {
            if (depth == 0) {
                if (!found && start.matcher(line).find()) {
                    depth = 1;
                    found = true;
                }
            } else if (line.contains("// @start")) {
                depth++;
            } else if (line.contains("// @end")) {
                depth--;
            } else {
                region.add(MARKUP.matcher(line).replaceFirst(""));
            }
        }
        return found && depth == 0 ? Optional.of(dedent(region)) : Optional.empty();
    }

    private static String dedent(List<String> lines) {
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast(); // the formatter's, between a declaration and the end of the region
        }
        int margin =
                lines.stream()
                        .filter(line -> !line.isBlank())
                        .mapToInt(line -> line.length() - line.stripLeading().length())
                        .min()
                        .orElse(0);
        var text = new StringBuilder();
        for (String line : lines) {
            text.append(line.isBlank() ? "" : line.substring(margin)).append('\n');
        }
        return text.toString();
    }
}
