package io.patinox.memory.monitor;

import io.patinox.memory.error.Options;
import io.patinox.memory.internal.Describe;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Checks and words that several events share.
final class EventTexts {

    private EventTexts() {}

    static void check(String source, Instant at) {
        Options.required("source", source);
        Options.required("at", at);
    }

    static String labelled(@Nullable String label) {
        return label == null ? "" : " labelled '" + Describe.line(label) + "'";
    }

    static String place(@Nullable Throwable site) {
        return site == null ? "; where it was acquired was not sampled" : "";
    }

    static String recovered(MonitorEvent.PoolRecovered pool) {
        return "pool '%s' has a connection again, after %s without"
                .formatted(pool.source(), Describe.duration(pool.after()));
    }

    static String leaked(MonitorEvent.ResourceLeaked leak) {
        return "registry '%s': a resource of type '%s' leaked: its guard was not closed and"
                        .formatted(leak.source(), Describe.line(leak.type()))
                + " became unreachable "
                + Describe.duration(leak.age())
                + " after it was acquired; "
                + (leak.cleaned() ? "it is cleaned up now" : "it stays open")
                + (leak.count() == 1 ? "" : "; with it " + (leak.count() - 1) + " more of the same")
                + place(leak.site());
    }
}
