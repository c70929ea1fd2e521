package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import io.patinox.memory.mmap.internal.layout.LayoutRules.Problem;
import java.lang.foreign.MemoryLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// The text of a layout, as it stands in the header of a file.
///
/// ```
/// patinox-layout 1
/// order LITTLE_ENDIAN
/// stride 24
/// align 8
/// 0 8 id i64
/// 8 1 side enum BUY|SELL
/// 16 8 price f64
/// ```
///
/// A line a column: offset, size, path, kind with the length of an array in brackets (`i32[4]`),
/// and the detail if there is one. Lines end with a line feed.
///
/// There is one text for a layout, and what is not exactly such a text is refused: files are
/// compared by it and its fingerprint.
public final class LayoutText {
    private static final String FIRST = "patinox-layout 1";
    private static final int HEAD = 4;
    private static final String ONE_LINE = "layout text";

    private LayoutText() {}

    /// Checks that a layout keeps to the rules.
    ///
    /// @param strideBytes how far elements are from each other
    /// @param alignment of an element
    /// @param columns the columns
    /// @throws InvalidOptionException if it does not
    public static void check(int strideBytes, int alignment, List<MappedColumn> columns) {
        Problem problem = LayoutRules.problem(strideBytes, alignment, columns);
        if (problem == null) {
            return;
        }
        String wayOut = "see MappedLayout for what holds of every layout";
        throw switch (problem.column()) {
            case Problem.STRIDE ->
                    new InvalidOptionException("strideBytes", strideBytes, problem.must(), wayOut);
            case Problem.ALIGNMENT ->
                    new InvalidOptionException("alignment", alignment, problem.must(), wayOut);
            case Problem.COUNT ->
                    new InvalidOptionException("columns", columns.size(), problem.must(), wayOut);
            default ->
                    new InvalidOptionException(
                            "columns[" + problem.column() + "]",
                            columns.get(problem.column()),
                            problem.must(),
                            wayOut);
        };
    }

    /// Writes a text.
    ///
    /// @param order the byte order
    /// @param strideBytes how far elements are from each other
    /// @param alignment of an element
    /// @param columns the columns
    /// @return the text
    /// @throws InvalidOptionException if it is longer than 1 MiB
    public static String write(
            ByteOrder order, int strideBytes, int alignment, List<MappedColumn> columns) {
        StringBuilder text = new StringBuilder(64 + 32 * columns.size());
        text.append(FIRST).append("\norder ").append(order);
        text.append("\nstride ").append(strideBytes).append("\nalign ").append(alignment);
        text.append('\n');
        for (MappedColumn column : columns) {
            text.append(column.offset()).append(' ').append(column.byteSize()).append(' ');
            text.append(column.path()).append(' ');
            append(text, column);
            text.append('\n');
            if (text.length() > LayoutRules.MAX_TEXT) {
                break;
            }
        }
        String written = text.toString();
        if (tooLong(written)) {
            throw new InvalidOptionException(
                    "columns",
                    columns.size() + " columns",
                    "such that their text is not longer than 1 MiB",
                    "use fewer or shorter names");
        }
        return written;
    }

    /// Appends the kind of a column, its length and its detail.
    static StringBuilder append(StringBuilder text, MappedColumn column) {
        text.append(column.kind().code());
        if (column.length() >= 0) {
            text.append('[').append(column.length()).append(']');
        }
        if (!column.detail().isEmpty()) {
            text.append(' ').append(column.detail());
        }
        return text;
    }

    private static boolean tooLong(String text) {
        return text.length() > LayoutRules.MAX_TEXT
                || text.getBytes(StandardCharsets.UTF_8).length > LayoutRules.MAX_TEXT;
    }

    /// Reads a text.
    ///
    /// @param text the text
    /// @return the layout
    /// @throws InvalidOptionException if it isn't exactly the text of a layout; says which line
    public static MappedLayout parse(String text) {
        if (tooLong(text)) {
            throw new InvalidOptionException(
                    ONE_LINE, text.length() + " characters", "1 MiB at most", "take a real one");
        }
        List<String> lines = lines(text);
        String first = line(lines, 0);
        if (!first.equals(FIRST)) {
            throw wrong(lines, 0, "'" + FIRST + "'");
        }
        ByteOrder order = order(lines);
        int stride = labelled(lines, 2, "stride ");
        int alignment = labelled(lines, 3, "align ");
        List<MappedColumn> columns = new ArrayList<>();
        for (int at = HEAD; at < lines.size(); at++) {
            if (columns.size() == LayoutRules.MAX_COLUMNS) {
                throw wrong(lines, at, "the end, as there are 10,000 columns at most");
            }
            columns.add(column(lines, at));
        }
        Problem problem = LayoutRules.problem(stride, alignment, columns);
        if (problem != null) {
            int at = problem.column() == Problem.COUNT ? 0 : problem.column();
            throw wrong(lines, HEAD + at, problem.must());
        }
        return MappedLayout.of(order, stride, alignment, columns);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        int most = HEAD + LayoutRules.MAX_COLUMNS + 1;
        while (from < text.length() && lines.size() < most) {
            int end = text.indexOf('\n', from);
            if (end < 0) {
                lines.add(text.substring(from));
                throw wrong(lines, lines.size() - 1, "ended by a line feed");
            }
            lines.add(text.substring(from, end));
            from = end + 1;
        }
        return lines;
    }

    private static String line(List<String> lines, int at) {
        return at < lines.size() ? lines.get(at) : "";
    }

    private static ByteOrder order(List<String> lines) {
        String line = line(lines, 1);
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            if (line.equals("order " + order)) {
                return order;
            }
        }
        throw wrong(lines, 1, "'order LITTLE_ENDIAN' or 'order BIG_ENDIAN'");
    }

    private static int labelled(List<String> lines, int at, String label) {
        String line = line(lines, at);
        int number = line.startsWith(label) ? number(line.substring(label.length())) : -1;
        if (number < 0) {
            throw wrong(lines, at, "'" + label + "' and a number");
        }
        return number;
    }

    private static MappedColumn column(List<String> lines, int at) {
        String[] words = lines.get(at).split(" ", -1);
        if (words.length < 4 || words.length > 5) {
            throw wrong(lines, at, "an offset, a size, a name, a kind and its detail if any");
        }
        int offset = number(words[0]);
        int size = number(words[1]);
        if (offset < 0 || size < 0) {
            throw wrong(lines, at, "begun by two numbers up to 9,999,999");
        }
        String code = words[3];
        int length = -1;
        int bracket = code.indexOf('[');
        if (bracket >= 0) {
            length = code.endsWith("]") ? bracketed(code, bracket) : -1;
            if (length < 0) {
                throw wrong(lines, at, "a column whose length is a number in brackets");
            }
            code = code.substring(0, bracket);
        }
        ColumnKind kind = Kinds.withCode(code);
        if (kind == null) {
            throw wrong(lines, at, "a column of a known kind");
        }
        String detail = words.length == 5 ? words[4] : "";
        if (words.length == 5 && detail.isEmpty()) {
            throw wrong(lines, at, "without a space at its end");
        }
        return new MappedColumn(words[2], kind, offset, size, length, detail);
    }

    private static int bracketed(String code, int bracket) {
        return number(code.substring(bracket + 1, code.length() - 1));
    }

    /// Reads a number as [#write] writes it, or returns -1.
    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 7) {
            return -1;
        }
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static InvalidOptionException wrong(List<String> lines, int at, String must) {
        int shown = Math.max(at, 0);
        return new InvalidOptionException(
                ONE_LINE,
                "'" + line(lines, shown) + "'",
                must + " in line " + (shown + 1),
                "take the text of a MappedLayout as it is");
    }

    /// Returns the first 8 bytes of the SHA-256 of a text, the first as the highest.
    ///
    /// @param text the text
    /// @return the fingerprint
    public static long fingerprint(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every platform has it", e);
        }
    }

    /// Returns the layout as the JDK describes it.
    ///
    /// @param layout the layout
    /// @return a struct with padding where there is some
    public static MemoryLayout struct(MappedLayout layout) {
        List<MemoryLayout> members = new ArrayList<>();
        int at = 0;
        for (MappedColumn column : layout.columns()) {
            pad(members, column.offset() - at);
            int natural = Kinds.alignment(column.kind(), column.byteSize());
            boolean aligned = natural <= layout.alignment() && column.offset() % natural == 0;
            MemoryLayout member = Kinds.layout(column, layout.order(), aligned ? natural : 1);
            members.add(member.withName(column.path()));
            at = column.offset() + column.byteSize();
        }
        pad(members, layout.strideBytes() - at);
        return MemoryLayout.structLayout(members.toArray(MemoryLayout[]::new))
                .withByteAlignment(layout.alignment());
    }

    private static void pad(List<MemoryLayout> members, int bytes) {
        if (bytes > 0) {
            members.add(MemoryLayout.paddingLayout(bytes));
        }
    }
}
