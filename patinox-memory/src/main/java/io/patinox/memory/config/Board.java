package io.patinox.memory.config;

import io.patinox.memory.internal.StripedCounter;
import io.patinox.memory.monitor.EventKind;
import io.patinox.memory.monitor.Health;
import io.patinox.memory.monitor.IsolatedMonitor;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.monitor.MonitorEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// What one configuration counts, remembers and tells.
final class Board {
    final StripedCounter loads = new StripedCounter();
    final StripedCounter applied = new StripedCounter();
    final StripedCounter unchanged = new StripedCounter();
    final StripedCounter rejected = new StripedCounter();
    final StripedCounter rollbacks = new StripedCounter();
    final StripedCounter scans = new StripedCounter();
    final StripedCounter hints = new StripedCounter();
    final StripedCounter callbackFailures = new StripedCounter();

    /// How many bound parts failed to take the newest version.
    final AtomicInteger failing = new AtomicInteger();

    private final String name;
    private final IsolatedMonitor monitor;
    private volatile ConfigStatus.Facts facts;
    private Health told = Health.up();

    Board(String name, Monitor monitor) {
        this.name = name;
        this.monitor = IsolatedMonitor.of(monitor);
        Instant now = Instant.now();
        facts =
                new ConfigStatus.Facts(
                        now, now, Optional.empty(), List.of(), List.of(), List.of(), false);
    }

    IsolatedMonitor monitor() {
        return monitor;
    }

    /// {@return where the watched data puts its events; it registers nothing and closes nothing}
    Monitor events() {
        return new Monitor() {
            @Override
            public boolean enabled(EventKind kind) {
                return monitor.enabled(kind);
            }

            @Override
            public void publish(MonitorEvent event) {
                monitor.publish(event);
            }
        };
    }

    ConfigStatus.Facts facts() {
        return facts;
    }

    /// Notes what came of loading the sources. By the loader only.
    void loaded(ReloadResult result, List<ConfigProblem> warnings) {
        loads.increment();
        Instant now = Instant.now();
        ConfigStatus.Facts old = facts;
        facts =
                switch (result) {
                    case ReloadResult.Applied _, ReloadResult.Unchanged _ ->
                            new ConfigStatus.Facts(
                                    now,
                                    now,
                                    Optional.empty(),
                                    List.of(),
                                    warnings,
                                    List.of(),
                                    old.held());
                    case ReloadResult.Rejected bad ->
                            new ConfigStatus.Facts(
                                    now,
                                    old.lastGood(),
                                    Optional.of(bad.stage()),
                                    bad.problems(),
                                    warnings,
                                    List.of(),
                                    old.held());
                    case ReloadResult.RestartRequired restart ->
                            new ConfigStatus.Facts(
                                    now,
                                    old.lastGood(),
                                    Optional.empty(),
                                    List.of(),
                                    warnings,
                                    restart.parts(),
                                    old.held());
                    case ReloadResult.Unsettled _ -> old;
                };
    }

    /// Notes whether the current version is what the sources say. By the loader only.
    void held(boolean held) {
        ConfigStatus.Facts old = facts;
        facts =
                new ConfigStatus.Facts(
                        old.lastAttempt(),
                        old.lastGood(),
                        old.stage(),
                        old.problems(),
                        old.warnings(),
                        old.restartParts(),
                        held);
    }

    /// Counts a result, and tells it.
    void tell(ReloadResult result, ConfigCause cause) {
        switch (result) {
            case ReloadResult.Applied done -> {
                applied.increment();
                if (monitor.enabled(EventKind.CONFIG_APPLIED)) {
                    monitor.publish(
                            new MonitorEvent.ConfigApplied(
                                    name, Instant.now(), done.version(), cause.name()));
                }
            }
            case ReloadResult.Rejected bad -> {
                rejected.increment();
                tellRejected(
                        bad.stage().name(),
                        bad.problems().stream().map(ConfigProblem::toString).toList());
            }
            case ReloadResult.RestartRequired restart -> {
                rejected.increment();
                tellRejected(
                        "RESTART",
                        restart.parts().stream()
                                .map(part -> part + ": can change at a restart only")
                                .toList());
            }
            case ReloadResult.Unchanged _ -> unchanged.increment();
            case ReloadResult.Unsettled _ -> {}
        }
    }

    private void tellRejected(String stage, List<String> problems) {
        if (monitor.enabled(EventKind.CONFIG_REJECTED)) {
            monitor.publish(new MonitorEvent.ConfigRejected(name, Instant.now(), stage, problems));
        }
    }

    void tellRollout(String salt, double percentage, String state) {
        if (monitor.enabled(EventKind.CONFIG_ROLLOUT_CHANGED)) {
            monitor.publish(
                    new MonitorEvent.ConfigRolloutChanged(
                            name, Instant.now(), salt, percentage, state));
        }
    }

    /// Never throws: an `Error` also goes to the uncaught exception handler.
    void callbackFailed(String callback, Throwable failure) {
        callbackFailures.increment();
        if (monitor.enabled(EventKind.CALLBACK_FAILED)) {
            monitor.publish(
                    new MonitorEvent.CallbackFailed(name, Instant.now(), callback, failure));
        }
        if (failure instanceof Error) {
            Thread current = Thread.currentThread();
            try {
                current.getUncaughtExceptionHandler().uncaughtException(current, failure);
            } catch (Throwable ignored) {
                // as the JVM does with what such a handler throws
                callbackFailures.increment();
            }
        }
    }

    /// Judges by what was noted. Does no input or output.
    Health health(boolean stale) {
        ConfigStatus.Facts now = facts;
        List<Health.Reason> reasons = new ArrayList<>();
        if (now.stage().isPresent()) {
            reasons.add(
                    new Health.Reason(
                            "CONFIG-REJECTED",
                            "the sources were rejected, an older version is current: "
                                    + now.problems().getFirst()
                                    + more(now.problems().size() - 1)));
        }
        if (!now.restartParts().isEmpty()) {
            reasons.add(
                    new Health.Reason(
                            "CONFIG-RESTART-REQUIRED",
                            "the sources change what takes a restart: "
                                    + String.join(", ", now.restartParts())));
        }
        if (failing.get() > 0) {
            reasons.add(
                    new Health.Reason(
                            "CONFIG-PART-FAILED",
                            failing.get() + " bound parts failed to take the newest version"));
        }
        if (stale) {
            reasons.add(
                    new Health.Reason(
                            "CONFIG-STALE", "the sources have not been looked at for too long"));
        }
        return reasons.isEmpty()
                ? Health.up()
                : Health.degraded(reasons.toArray(Health.Reason[]::new));
    }

    private static String more(int count) {
        return count == 0 ? "" : " and " + count + " more";
    }

    /// Tells a change of health. By the loader only.
    void tellHealth(Health now) {
        Health before = told;
        if (now.equals(before)) {
            return;
        }
        told = now;
        if (monitor.enabled(EventKind.HEALTH_CHANGED)) {
            monitor.publish(new MonitorEvent.HealthChanged(name, Instant.now(), before, now));
        }
    }
}
