package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.MappingMismatchException;
import io.patinox.memory.internal.Describe;
import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a layout of a file and that of a type have to do with each other.
///
/// Components are only ever appended, so of two layouts of one history the columns of the older are
/// the first of the newer, at the same places: what is behind them may differ, and so may the
/// stride, which is the file's. The constants of an enum may be appended to as well, as long as
/// they take as many bytes: those of the file are the first of ours. Only readers get along with
/// such a file; a writer would leave elements of two layouts in one.
final class Evolution {
    private final Shape shape;
    private final String file;
    private final MappedLayout found;

    Evolution(Shape shape, String file, MappedLayout found) {
        this.shape = shape;
        this.file = file;
        this.found = found;
    }

    /// Requires that the file can be read.
    void requireReadable() {
        requireOrder();
        Difference difference = unreadable();
        if (difference != null) {
            throw difference.mismatch("");
        }
    }

    /// Requires that the file can be written.
    void requireWritable() {
        requireOrder();
        if (found.equals(shape.layout())) {
            return;
        }
        Difference unreadable = unreadable();
        if (unreadable != null) {
            throw unreadable.mismatch("");
        }
        throw unwritable().mismatch(" (the file can be opened read-only)");
    }

    private void requireOrder() {
        if (found.order() != shape.layout().order()) {
            throw new MappingMismatchException(
                    file,
                    "byte order",
                    shape.layout().order().toString(),
                    found.order().toString());
        }
    }

    /// What is different.
    private final class Difference {
        private final String expected;
        private final String actual;

        Difference(String expected, String actual) {
            this.expected = expected;
            this.actual = actual;
        }

        MappingMismatchException mismatch(String besides) {
            return new MappingMismatchException(file, "layout", expected, actual + besides);
        }
    }

    /// Returns the first thing that keeps the file from being read, or null.
    private @Nullable Difference unreadable() {
        List<MappedColumn> ours = shape.layout().columns();
        List<MappedColumn> theirs = found.columns();
        int common = Math.min(ours.size(), theirs.size());
        for (int i = 0; i < common; i++) {
            if (!readable(ours.get(i), theirs.get(i))) {
                return between(ours.get(i), theirs.get(i));
            }
        }
        for (MappedColumn missing : ours.subList(common, ours.size())) {
            if (!shape.defaults().containsKey(missing.path())) {
                return new Difference(
                        shown(missing) + ", or a @DefaultValue at it", "no such component");
            }
        }
        return unaligned(ours.subList(0, common));
    }

    /// A file of equal columns may be packed otherwise, so that they stand anywhere.
    private @Nullable Difference unaligned(List<MappedColumn> common) {
        for (MappedColumn column : common) {
            if (shape.atomic().contains(column.path())
                    && (found.strideBytes() % column.byteSize() != 0
                            || found.alignment() < column.byteSize())) {
                return new Difference(
                        shown(column) + " at a multiple of its size, for its atomic methods",
                        "a stride of " + found.strideBytes());
            }
        }
        return null;
    }

    /// Returns the first thing that is different in a file that can be read.
    private Difference unwritable() {
        List<MappedColumn> ours = shape.layout().columns();
        List<MappedColumn> theirs = found.columns();
        int common = Math.min(ours.size(), theirs.size());
        for (int i = 0; i < common; i++) {
            if (!ours.get(i).equals(theirs.get(i))) {
                return between(ours.get(i), theirs.get(i));
            }
        }
        if (ours.size() > common) {
            return new Difference(shown(ours.get(common)), "no such component");
        }
        if (theirs.size() > common) {
            return new Difference("no more components", shown(theirs.get(common)));
        }
        return new Difference(size(shape.layout()), size(found));
    }

    private static String size(MappedLayout layout) {
        return "a stride of %d aligned to %d".formatted(layout.strideBytes(), layout.alignment());
    }

    private static boolean readable(MappedColumn ours, MappedColumn theirs) {
        return ours.equals(theirs)
                || (alike(ours, theirs) && ours.detail().startsWith(theirs.detail() + "|"));
    }

    /// Tells whether they are the same enum but for its constants.
    private static boolean alike(MappedColumn ours, MappedColumn theirs) {
        return ours.kind() == ColumnKind.ENUM
                && theirs.kind() == ColumnKind.ENUM
                && ours.path().equals(theirs.path())
                && ours.offset() == theirs.offset()
                && ours.byteSize() == theirs.byteSize();
    }

    private Difference between(MappedColumn ours, MappedColumn theirs) {
        if (!alike(ours, theirs)) {
            return new Difference(shown(ours), shown(theirs));
        }
        String[] here = ours.detail().split("\\|", -1);
        String[] there = theirs.detail().split("\\|", -1);
        int at = 0;
        while (at < here.length && at < there.length && here[at].equals(there[at])) {
            at++;
        }
        return new Difference(constant(ours, here, at), constant(theirs, there, at));
    }

    private static String constant(MappedColumn column, String[] constants, int at) {
        return "component '%s' with %s"
                .formatted(
                        Describe.line(column.path()),
                        at < constants.length
                                ? "constant " + at + " " + Describe.line(constants[at])
                                : "no constant " + at);
    }

    private static String shown(MappedColumn column) {
        String kind = LayoutText.append(new StringBuilder(), column).toString();
        return "component '%s' %s at %d of %d bytes"
                .formatted(
                        Describe.line(column.path()),
                        Describe.line(kind),
                        column.offset(),
                        column.byteSize());
    }

    /// Returns the components as the file has them: those that it lacks are their defaults.
    List<Part.Member> members() {
        return members("", shape.members());
    }

    private List<Part.Member> members(String within, List<Part.Member> members) {
        List<Part.Member> replaced = new ArrayList<>();
        for (Part.Member member : members) {
            String path = within + member.name();
            replaced.add(
                    new Part.Member(member.name(), part(path, member.part()), member.accessor()));
        }
        return List.copyOf(replaced);
    }

    private Part part(String path, Part part) {
        return switch (part) {
            case Part.Plain plain -> has(plain.column()) ? plain : missing(path, part);
            case Part.Coded coded -> has(coded.column()) ? coded : missing(path, part);
            case Part.Nested nested ->
                    new Part.Nested(
                            nested.path(),
                            nested.type(),
                            nested.constructor(),
                            members(path + ".", nested.members()));
            case Part.Missing missing -> missing;
        };
    }

    /// Columns stand in the order of their offsets, so what the file has ends where its last one of
    /// ours does.
    private boolean has(MappedColumn column) {
        int common = Math.min(shape.layout().columns().size(), found.columns().size());
        return column.offset() <= found.columns().get(common - 1).offset();
    }

    private Part.Missing missing(String path, Part part) {
        return new Part.Missing(part.type(), shape.defaults().get(path));
    }
}
