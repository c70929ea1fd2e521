package io.patinox.config.formats;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

final class YamlTree {

    /*
     * Makes a tree of the events of one document.
     *
     * Trees are immutable, so an alias stands for the very node that its anchor names, and a file
     * of a few lines costs no memory however often it multiplies (ten aliases of ten aliases of
     * ...). But whoever walks the tree meets every node as often as it is named. So the size of
     * what an anchor names is kept, an alias adds that size to a sum, and the sum has a limit. An
     * anchor that is still open when its alias comes would make a cycle, and is refused.
     */

    private static final String MERGE = "<<";

    private record Anchored(ConfigNode node, long size) {}

    private final Iterator<Event> events;
    private final String source;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();
    private long size;
    private long aliased;

    YamlTree(Iterator<Event> events, String source) {
        this.events = events;
        this.source = source;
    }

    Table table() {
        events.next();
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            return Table.empty(new Origin(source, 1, 1));
        }
        ConfigNode root = node(events.next(), 1);
        events.next();
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw Limits.failure(origin(end), "has more than one document");
        }
        return switch (root) {
            case Table table -> table;
            case Scalar scalar when scalar.value() == null -> Table.empty(scalar.origin());
            default -> throw Limits.failure(root.origin(), "must be a table: names with values");
        };
    }

    private Origin origin(Event event) {
        return event.getStartMark()
                .map(mark -> new Origin(source, mark.getLine() + 1, mark.getColumn() + 1))
                .orElseGet(() -> Origin.of(source));
    }

    private ConfigNode node(Event event, int depth) {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        Optional<Anchor> anchor =
                event instanceof NodeEvent named ? named.getAnchor() : Optional.empty();
        anchor.ifPresent(open::add);
        long before = size++;
        ConfigNode node =
                switch (event) {
                    case ScalarEvent scalar -> YamlScalars.scalar(scalar, origin(scalar));
                    case SequenceStartEvent sequence -> sequence(sequence, depth);
                    case MappingStartEvent mapping -> mapping(mapping, depth);
                    default -> throw Limits.failure(origin(event), "is not valid YAML here");
                };
        anchor.ifPresent(name -> {
            open.remove(name);
            anchors.put(name, new Anchored(node, size - before));
        });
        return node;
    }

    private ConfigNode aliased(AliasEvent alias) {
        Anchor name = alias.getAlias();
        if (open.contains(name)) {
            throw Limits.failure(origin(alias), "is an alias within what it names");
        }
        Anchored target = anchors.get(name);
        if (target == null) {
            throw Limits.failure(origin(alias), "is an alias of nothing");
        }
        size += target.size();
        aliased += target.size();
        if (aliased > Limits.ALIASED) {
            throw Limits.failure(
                    origin(alias), "aliases stand for more than " + Limits.ALIASED + " values");
        }
        return target.node();
    }

    private Sequence sequence(SequenceStartEvent start, int depth) {
        Origin origin = origin(start);
        Limits.depth(depth, origin);
        YamlScalars.refuseTag(start.getTag(), "seq", origin);
        List<ConfigNode> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(event, depth + 1));
            event = events.next();
        }
        return new Sequence(items, origin);
    }

    private Table mapping(MappingStartEvent start, int depth) {
        Origin origin = origin(start);
        Limits.depth(depth, origin);
        YamlScalars.refuseTag(start.getTag(), "map", origin);
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        Map<String, Origin> keys = new HashMap<>();
        ConfigNode merged = null;
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            if (!(event instanceof ScalarEvent key)) {
                throw Limits.failure(origin(event), "a key must be one plain value");
            }
            String name = key.getValue();
            Origin place = origin(key);
            Origin first = keys.putIfAbsent(name, place);
            if (first != null) {
                throw Limits.twice(name, first, place);
            }
            key.getAnchor()
                    .ifPresent(a -> anchors.put(a, new Anchored(new Scalar(name, place), 1)));
            ConfigNode value = node(events.next(), depth + 1);
            if (name.equals(MERGE) && key.isPlain()) {
                merged = value;
            } else {
                entries.put(name, value);
            }
            event = events.next();
        }
        merge(merged, entries);
        return new Table(entries, origin);
    }

    /// Adds what the merge key brings, where nothing stands yet; the first of several wins.
    private static void merge(@Nullable ConfigNode merged, Map<String, ConfigNode> entries) {
        switch (merged) {
            case null -> {}
            case Table table -> table.entries().forEach(entries::putIfAbsent);
            case Sequence sequence -> {
                for (ConfigNode item : sequence.items()) {
                    if (!(item instanceof Table table)) {
                        throw Limits.failure(item.origin(), "<< merges tables only");
                    }
                    table.entries().forEach(entries::putIfAbsent);
                }
            }
            case Scalar scalar -> throw Limits.failure(scalar.origin(), "<< merges tables only");
        }
    }
}
