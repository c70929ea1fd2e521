package io.patinox.memory.monitor.internal;

import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.MetricsSource;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Passes everything on to several monitors; one that throws does not keep the others from it.
public final class AllMonitor implements Monitor {

    private final List<Monitor> members;

    /// Creates the monitor.
    ///
    /// @param members the monitors, in the order in which they are called
    public AllMonitor(List<Monitor> members) {
        this.members = members;
    }

    @Override
    public boolean enabled(EventKind kind) {
        boolean[] any = {false};
        List<Throwable> failures = each(member -> any[0] |= member.enabled(kind));
        // one that wants it is enough, whatever the others throw
        if (!any[0]) {
            rethrow(failures);
        }
        return any[0];
    }

    @Override
    public void publish(MonitorEvent event) {
        rethrow(
                each(member -> {
                    if (member.enabled(event.kind())) {
                        member.publish(event);
                    }
                }));
    }

    @Override
    public void register(MetricsSource source) {
        rethrow(each(member -> member.register(source)));
    }

    @Override
    public void unregister(MetricsSource source) {
        rethrow(each(member -> member.unregister(source)));
    }

    private List<Throwable> each(Consumer<Monitor> call) {
        List<Throwable> failures = new ArrayList<>(0);
        for (Monitor member : members) {
            try {
                call.accept(member);
            } catch (Throwable e) {
                failures.add(e);
            }
        }
        return failures;
    }

    private static void rethrow(List<Throwable> failures) {
        if (failures.isEmpty()) {
            return;
        }
        // an Error must come out as one, not hidden in the exception of another member
        Throwable thrown =
                failures.stream()
                        .filter(Error.class::isInstance)
                        .findFirst()
                        .orElse(failures.get(0));
        for (Throwable other : failures) {
            if (!other.equals(thrown)) {
                thrown.addSuppressed(other);
            }
        }
        throw AllMonitor.<RuntimeException>unchecked(thrown);
    }

    // members may throw checked exceptions too, if they are written in another language
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
