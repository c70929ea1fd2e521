package io.patinox.memory.mmap.internal.layout;

import io.patinox.memory.mmap.MappedBy;
import io.patinox.memory.mmap.Packed;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks a type and finds its components, their sizes and alignments.
///
/// Components stand in the order of their declaration, each at the next multiple of its alignment;
/// the alignment of a record is the largest of a component, and its size is a multiple of that, so
/// that a nested record lies inside of another as it lies by itself. That is how C compilers lay
/// out structs. In a packed record, and in all that is within it, every alignment is 1.
final class TypeWalk {
    private final Access access;
    private final Leaves leaves;
    private final Deque<Class<?>> within = new ArrayDeque<>();
    private int columns;

    TypeWalk(Access access) {
        this.access = access;
        this.leaves = new Leaves(access);
    }

    /// Walks a record.
    ///
    /// @param site where it is
    /// @param type the record
    /// @param packed whether it is within a packed one
    Node.Group record(Site site, Class<?> type, boolean packed) {
        if (within.contains(type)) {
            throw site.refused(type.getName() + " contains itself, so it has no end");
        }
        if (within.size() == LayoutRules.MAX_DEPTH - 1) {
            throw site.refused("records are nested more than 31 deep");
        }
        RecordComponent[] components = type.getRecordComponents();
        if (components.length == 0) {
            throw site.refused(type.getName() + " has no components, so there is nothing to map");
        }
        within.push(type);
        Placing placing = new Placing(site);
        boolean dense = packed || type.isAnnotationPresent(Packed.class);
        for (RecordComponent component : components) {
            Site place = site.member(component.getName());
            Notes notes = new Notes(component, component.getAccessor());
            Class<?> of = component.getType();
            Node node = component(place, of, component.getGenericType(), notes, dense);
            MethodHandle accessor = access.accessor(type, component.getName(), of, place);
            placing.add(new Node.Named(component.getName(), accessor, node));
        }
        within.pop();
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return placing.group(type, access.constructor(type, parameters, site));
    }

    /// Walks a component.
    Node component(Site site, Class<?> type, Type generic, Notes notes, boolean packed) {
        if (!LayoutRules.isPath(site.path())) {
            throw site.refused(
                    "its path must be Java identifiers without control characters, and not longer"
                            + " than 500 characters");
        }
        if (type.isRecord() && !notes.has(MappedBy.class)) {
            Leaves.requirePlain(site, generic);
            notes.only(site, "a nested record; its own components may have it");
            return record(site, type, packed);
        }
        columns++;
        if (columns > LayoutRules.MAX_COLUMNS) {
            throw site.refused("there are more than 10,000 components; use fewer, or arrays");
        }
        Node.Leaf leaf = leaves.leaf(site, type, generic, notes);
        return packed ? leaf.packed() : leaf;
    }

    /// Adds up components.
    static final class Placing {
        private final Site site;
        private final List<Node.Named> members = new ArrayList<>();
        private int size;
        private int alignment = 1;

        Placing(Site site) {
            this.site = site;
        }

        void add(Node.Named member) {
            Node node = member.node();
            size = Node.up(size, node.alignment()) + node.size();
            alignment = Math.max(alignment, node.alignment());
            members.add(member);
            if (Node.up(size, alignment) > LayoutRules.MAX_STRIDE) {
                throw site.member(member.name())
                        .refused(
                                "elements would be larger than 1 MiB with it; use less capacity,"
                                        + " or several elements");
            }
        }

        Node.Group group(Class<?> type, @Nullable MethodHandle constructor) {
            return new Node.Group(
                    type, constructor, List.copyOf(members), Node.up(size, alignment), alignment);
        }
    }
}
