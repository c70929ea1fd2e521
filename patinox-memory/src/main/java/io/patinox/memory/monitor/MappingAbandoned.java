package io.patinox.memory.monitor;

import io.patinox.memory.error.Options;
import io.patinox.memory.internal.Describe;
import java.time.Duration;
import java.time.Instant;

/// A mapped file was closed while bodies of it ran, and they did not end in time: the last of them
/// unmaps it.
///
/// @param source the mapped file's name
/// @param at when the closing gave up waiting
/// @param file the file
/// @param bodies how many ran then
/// @param waited how long they were waited for
public record MappingAbandoned(String source, Instant at, String file, long bodies, Duration waited)
        implements MonitorEvent {

    /// Checks that everything is there.
    public MappingAbandoned {
        EventTexts.check(source, at);
        Options.required("file", file);
        Options.required("waited", waited);
    }

    @Override
    public EventKind kind() {
        return EventKind.MAPPING_ABANDONED;
    }

    @Override
    public String message() {
        return "mapped file '%s': closed while %d bodies of %s ran on for %s; the last unmaps"
                .formatted(source, bodies, Describe.line(file), Describe.duration(waited));
    }
}
