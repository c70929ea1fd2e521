package io.patinox.memory.config.internal;

import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import io.patinox.memory.error.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Merges the trees of several sources. Origins stay with the values.
public final class Trees {

    private Trees() {}

    /// Merges layers whose keys are spelled alike. Tables are merged key by key; a sequence and a
    /// plain value replace what lower layers say, and so does null, after which a default applies.
    ///
    /// @param layers low to high
    /// @return the merged tree; an empty one if there are no layers
    public static Table merge(List<Table> layers) {
        Options.required("layers", layers);
        Table merged = null;
        for (Table layer : layers) {
            merged = merged == null ? layer : merge(merged, layer);
        }
        return merged == null ? Table.empty(Origin.of("no source")) : merged;
    }

    /// Merges layers that may spell keys differently (`max-size`, `maxSize`, `MAX_SIZE`): each is
    /// brought to the spelling of the type first, see [Canonical].
    ///
    /// @param type the record that the tree will be bound to
    /// @param layers low to high
    /// @return the merged tree
    public static Table merge(Class<?> type, List<Table> layers) {
        return merge(layers.stream().map(layer -> Canonical.table(type, layer)).toList());
    }

    private static Table merge(Table low, Table high) {
        var entries = new LinkedHashMap<String, ConfigNode>(low.entries());
        for (Map.Entry<String, ConfigNode> entry : high.entries().entrySet()) {
            ConfigNode below = entries.get(entry.getKey());
            ConfigNode merged =
                    below instanceof Table lower && entry.getValue() instanceof Table higher
                            ? merge(lower, higher)
                            : entry.getValue();
            entries.put(entry.getKey(), merged);
        }
        return new Table(entries, high.origin());
    }
}
