package io.patinox.memory.config.internal;

import io.patinox.memory.config.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The resolved configuration: every value with its origin, secrets masked.
///
/// Values are masked as they are bound, by their type and by declared paths, so no secret is in
/// here. Immutable.
public final class Explanation {

    /// One value.
    ///
    /// @param path where it is, for example `db.pools[0].maxSize`
    /// @param value what it is, or `***`
    /// @param origin where it comes from
    public record Entry(String path, String value, Origin origin) {}

    private final List<Entry> entries;
    private final Map<String, Origin> origins;
    private final Origin whole;

    /// Makes an explanation.
    ///
    /// @param entries plain values, in order
    /// @param origins where every value comes from, also tables and sequences, by path
    /// @param whole where the whole comes from
    Explanation(List<Entry> entries, Map<String, Origin> origins, Origin whole) {
        this.entries = List.copyOf(entries);
        this.origins = new LinkedHashMap<>(origins);
        this.whole = whole;
    }

    /// Returns every plain value, in the order of the type.
    ///
    /// @return the values
    public List<Entry> entries() {
        return entries;
    }

    /// Returns where a value comes from.
    ///
    /// @param path its path; the origin of what it is part of, if it has none of its own
    /// @return the origin
    public Origin origin(String path) {
        String at = path;
        while (!at.isEmpty()) {
            Origin origin = origins.get(at);
            if (origin != null) {
                return origin;
            }
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        return whole;
    }

    /// Returns a line a value: `path = value (origin)`.
    ///
    /// @return the lines, each with its end
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(entry.path())
                    .append(" = ")
                    .append(entry.value())
                    .append(" (")
                    .append(entry.origin())
                    .append(")\n");
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
