package io.patinox.cli.inspect;

import io.patinox.memory.mmap.MappedColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Records as comma-separated values, quoted as RFC 4180 says; lines end with a line feed. An array
/// is one field, `[1, 2, 3]`.
final class CsvRows implements RowSink {
    private final Appendable out;
    private final boolean raw;
    private final boolean unicode;

    /// Creates the sink.
    ///
    /// @param out where lines go
    /// @param raw whether texts are written as they are, or as a terminal may get them
    /// @param unicode whether a terminal may get more than ASCII
    CsvRows(Appendable out, boolean raw, boolean unicode) {
        this.out = out;
        this.raw = raw;
        this.unicode = unicode;
    }

    @Override
    public void begin(List<MappedColumn> columns) throws IOException {
        line(columns.stream().map(MappedColumn::path).toList());
    }

    @Override
    public void row(long index, List<Object> values) throws IOException {
        List<String> fields = new ArrayList<>(values.size());
        for (Object value : values) {
            fields.add(value.toString());
        }
        line(fields);
    }

    @Override
    public void end() {}

    private void line(List<String> fields) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            out.append(i == 0 ? "" : ",").append(quoted(shown(field)));
        }
        // a single empty field would be an empty line, which readers skip
        out.append(fields.size() == 1 && fields.getFirst().isEmpty() ? "\"\"\n" : "\n");
    }

    private String shown(String field) {
        return raw ? Printable.encodable(field) : Printable.line(field, unicode);
    }

    private static String quoted(String field) {
        boolean plain =
                field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                        && field.strip().length() == field.length();
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
