package io.patinox.cli.inspect;

import io.patinox.memory.mmap.MappedColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Records as an array of JSON, an object and a line each. Numbers are numbers, but those that JSON
/// does not have, which are strings: `"NaN"`, `"Infinity"`.
final class JsonRows implements RowSink {
    private final Appendable out;
    private final boolean unicode;
    private final List<String> names = new ArrayList<>();
    private String before = "\n";

    JsonRows(Appendable out, boolean unicode) {
        this.out = out;
        this.unicode = unicode;
    }

    @Override
    public void begin(List<MappedColumn> columns) throws IOException {
        columns.forEach(column -> names.add(Printable.json(column.path(), unicode)));
        out.append('[');
    }

    @Override
    public void row(long index, List<Object> values) throws IOException {
        StringBuilder row = new StringBuilder(before).append('{');
        for (int i = 0; i < names.size(); i++) {
            row.append(i == 0 ? "" : ",").append(names.get(i)).append(':');
            append(row, values.get(i));
        }
        out.append(row.append('}'));
        before = ",\n";
    }

    @Override
    public void end() throws IOException {
        out.append("\n]\n");
    }

    private void append(StringBuilder row, Object value) {
        switch (value) {
            case List<?> list -> {
                String gap = "";
                row.append('[');
                for (Object element : list) {
                    row.append(gap);
                    append(row, element);
                    gap = ",";
                }
                row.append(']');
            }
            case Double number when !Double.isFinite(number) -> string(row, number);
            case Float number when !Float.isFinite(number) -> string(row, number);
            case Number number -> row.append(number);
            case Boolean bool -> row.append(bool);
            default -> string(row, value);
        }
    }

    private void string(StringBuilder row, Object value) {
        row.append(Printable.json(value.toString(), unicode));
    }
}
