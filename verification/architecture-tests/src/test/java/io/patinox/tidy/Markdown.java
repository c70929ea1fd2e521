package io.patinox.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A Markdown file, taken apart into prose and fenced code.
final class Markdown {

    /// A line of prose with its number.
    record Line(int number, String text) {}

    /// A fence: the line it opens at, and what is inside.
    record Fence(int number, String text) {}

    private static final Pattern HEADING = Pattern.compile("(#+) +(.*)");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`]*`");

    final List<Line> prose = new ArrayList<>();
    final List<Fence> fences = new ArrayList<>();

    Markdown(TextFile file) {
        int number = 0;
        int opened = 0;
        var code = new StringBuilder();
        for (String line : file.lines()) {
            number++;
            if (line.strip().startsWith("```")) {
                if (opened > 0) {
                    fences.add(new Fence(opened, code.toString()));
                }
                opened = opened > 0 ? 0 : number;
                code.setLength(0);
            } else if (opened > 0) {
                code.append(line).append('\n');
            } else {
                prose.add(new Line(number, line));
            }
        }
    }

    /// The texts of the headings of a level.
    List<String> headings(int level) {
        return prose.stream()
                .map(line -> HEADING.matcher(line.text()))
                .filter(heading -> heading.matches() && heading.group(1).length() == level)
                .map(heading -> heading.group(2))
                .toList();
    }

    /// Whether a heading has this anchor, as the common renderers derive it.
    boolean hasAnchor(String anchor) {
        return prose.stream()
                .map(line -> HEADING.matcher(line.text()))
                .filter(heading -> heading.matches())
                .anyMatch(heading -> slug(heading.group(2)).equals(anchor));
    }

    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /// The prose without what stands in back-quotes.
    List<Line> plainProse() {
        return prose.stream()
                .map(l -> new Line(l.number(), INLINE_CODE.matcher(l.text()).replaceAll("")))
                .toList();
    }
}
