package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.ColumnKind;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import java.util.ArrayList;
import java.util.List;

/// What has to be known of parts to write code for them.
final class PartFacts {
    private PartFacts() {}

    /// Returns whether a write may be refused after another component was written.
    static boolean mayHalfFail(List<Part.Member> members) {
        return refusing(members) > 1;
    }

    /// Returns whether any component is read or written by a handle, which may fail.
    static boolean mayFail(List<Part.Member> members) {
        return members.stream()
                .anyMatch(member ->
                        member.part() instanceof Part.Coded
                                || (member.part() instanceof Part.Nested nested
                                        && mayFail(nested.members())));
    }

    private static int refusing(List<Part.Member> members) {
        int refusing = 0;
        for (Part.Member member : members) {
            refusing +=
                    switch (member.part()) {
                        case Part.Coded coded -> refuses(coded) ? 1 : 0;
                        case Part.Nested nested -> refusing(nested.members());
                        case Part.Plain _, Part.Missing _ -> 0;
                    };
        }
        return refusing;
    }

    /// Returns whether a component may refuse a value.
    static boolean refuses(Part.Coded coded) {
        return coded.column().kind() != ColumnKind.BOOLEAN || coded.column().length() >= 0;
    }

    /// Bytes that belong to no component.
    ///
    /// @param from the first, from the beginning of the element
    /// @param to where they end
    record Gap(int from, int to) {}

    /// Returns the bytes of an element that belong to no component.
    static List<Gap> gaps(MappedLayout layout) {
        List<Gap> gaps = new ArrayList<>();
        int at = 0;
        for (MappedColumn column : layout.columns()) {
            if (column.offset() > at) {
                gaps.add(new Gap(at, column.offset()));
            }
            at = Math.max(at, column.offset() + column.byteSize());
        }
        if (layout.strideBytes() > at) {
            gaps.add(new Gap(at, layout.strideBytes()));
        }
        return gaps;
    }

    /// Returns where the components of a nested record begin.
    static int from(Part part) {
        return switch (part) {
            case Part.Plain plain -> plain.column().offset();
            case Part.Coded coded -> coded.column().offset();
            case Part.Nested nested ->
                    nested.members().stream()
                            .mapToInt(member -> from(member.part()))
                            .min()
                            .orElse(0);
            case Part.Missing _ -> Integer.MAX_VALUE;
        };
    }

    /// Returns where the components of a nested record end.
    static int to(Part part) {
        return switch (part) {
            case Part.Plain plain -> plain.column().offset() + plain.column().byteSize();
            case Part.Coded coded -> coded.column().offset() + coded.column().byteSize();
            case Part.Nested nested ->
                    nested.members().stream().mapToInt(member -> to(member.part())).max().orElse(0);
            case Part.Missing _ -> 0;
        };
    }
}
