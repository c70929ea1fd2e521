package io.patinox.memory.monitor;

import io.patinox.memory.error.Options;
import io.patinox.memory.internal.Describe;
import java.time.Instant;

/// Mapped memory faulted, so bodies ended with `MAPPING-FAULT`. Told at most once a second for each
/// file; faults in between are counted in the next event.
///
/// @param source the mapped file's name
/// @param at when the last one happened
/// @param file the file
/// @param mappedBytes how many bytes of it are mapped
/// @param fileBytes how long it was found to be afterwards, or -1 if that can't be told
/// @param count how many faults this event tells of, at least 1
public record MappingFaulted(
        String source, Instant at, String file, long mappedBytes, long fileBytes, long count)
        implements MonitorEvent {

    /// Checks that everything is there.
    public MappingFaulted {
        EventTexts.check(source, at);
        Options.required("file", file);
        Options.inRange("count", count, 1, Long.MAX_VALUE);
    }

    @Override
    public EventKind kind() {
        return EventKind.MAPPING_FAULTED;
    }

    @Override
    public String message() {
        return "mapped file '%s': access to %s faulted; %d bytes are mapped, and the file has %s"
                        .formatted(
                                source,
                                Describe.line(file),
                                mappedBytes,
                                fileBytes < 0 ? "gone" : fileBytes + " bytes")
                + (count == 1 ? "" : "; with it " + (count - 1) + " more since the last report");
    }
}
