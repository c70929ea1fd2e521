package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.error.InvalidOptionException;
import io.patinox.memory.mmap.MappedColumn;
import io.patinox.memory.mmap.MappedLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A type whose components have their places, and what reads and writes them.
///
/// @param type a record or an interface
/// @param lookup reaches the type
/// @param layout the layout
/// @param constructor of the record, null for an interface
/// @param members the components
/// @param defaults those that there are, by path
/// @param atomic the components that are read and written atomically
record Shape(
        Class<?> type,
        Lookup lookup,
        MappedLayout layout,
        @Nullable MethodHandle constructor,
        List<Part.Member> members,
        Map<String, Object> defaults,
        Set<String> atomic) {

    /// Returns the shape of a type.
    static Shape of(Class<?> type, ByteOrder order, Access access) {
        Site site = new Site(type.getName(), "");
        Lookup lookup = access.to(type, site);
        Node.Group group;
        Set<String> atomic = Set.of();
        if (type.isInterface()) {
            ViewWalk walk = new ViewWalk(site, type, access);
            group = walk.components();
            atomic = walk.atomic();
        } else {
            group = new TypeWalk(access).record(site, type, false);
        }
        Placement placement = new Placement(order);
        List<Part.Member> members = placement.members(site, group, 0);
        MappedLayout layout;
        try {
            layout = MappedLayout.of(order, group.size(), group.alignment(), placement.columns);
        } catch (InvalidOptionException e) {
            throw site.refused("its layout is " + e.getMessage(), e);
        }
        return new Shape(
                type,
                lookup,
                layout,
                group.constructor(),
                members,
                Map.copyOf(placement.defaults),
                atomic);
    }

    /// Refuses what can't have a shape at all.
    static void requireMappable(Class<?> type) {
        if (!type.isRecord() && (!type.isInterface() || type.isAnnotation())) {
            throw new Site(type.getName(), "")
                    .refused(
                            "it is neither a record nor an interface; describe its components by"
                                    + " one of these");
        }
    }

    /// Gives places to what a walk found.
    private static final class Placement {
        private final ByteOrder order;
        private final List<MappedColumn> columns = new ArrayList<>();
        private final Map<String, Object> defaults = new HashMap<>();

        Placement(ByteOrder order) {
            this.order = order;
        }

        List<Part.Member> members(Site site, Node.Group group, int from) {
            List<Part.Member> members = new ArrayList<>();
            int at = from;
            for (Node.Named member : group.members()) {
                Node node = member.node();
                // a record begins at a multiple of its alignment, so this is right within it, too
                at = Node.up(at, node.alignment());
                Site place = site.member(member.name());
                Part part =
                        switch (node) {
                            case Node.Leaf leaf -> leaf(place, leaf, at);
                            case Node.Group nested -> nested(place, nested, at);
                        };
                members.add(new Part.Member(member.name(), part, member.accessor()));
                at += node.size();
            }
            return List.copyOf(members);
        }

        private Part nested(Site place, Node.Group nested, int at) {
            MethodHandle constructor = nested.constructor();
            if (constructor == null) {
                throw new AssertionError("only records are nested");
            }
            return new Part.Nested(
                    place.path(), nested.type(), constructor, members(place, nested, at));
        }

        private Part leaf(Site place, Node.Leaf leaf, int at) {
            MappedColumn column =
                    new MappedColumn(
                            place.path(),
                            leaf.kind(),
                            at,
                            leaf.size(),
                            leaf.length(),
                            leaf.detail());
            columns.add(column);
            Part part = leaf.part().apply(column, order);
            String text = leaf.standard();
            if (text != null) {
                defaults.put(place.path(), Defaults.value(place, leaf, part, text));
            }
            return part;
        }
    }
}
