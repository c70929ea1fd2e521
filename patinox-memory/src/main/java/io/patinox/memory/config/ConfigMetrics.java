package io.patinox.memory.config;

import io.patinox.memory.monitor.MetricsSnapshot;

/// The figures of a configuration, collected when somebody asks.
final class ConfigMetrics {

    private ConfigMetrics() {}

    static <T extends Record> MetricsSnapshot of(String name, Board board, Loader<T> loader) {
        Changes<T> changes = loader.changes();
        Versions<T> versions = changes.known();
        MetricsSnapshot watched = versions.data().metrics();
        ConfigRollout<T> rollout = loader.rollouts().running();
        return MetricsSnapshot.builder(LiveConfig.COMPONENT, name)
                .counter("config.loads", board.loads.sum())
                .counter("config.applied", board.applied.sum())
                .counter("config.unchanged", board.unchanged.sum())
                .counter("config.rejected", board.rejected.sum())
                .counter("config.rollbacks", board.rollbacks.sum())
                .counter("config.scans", board.scans.sum())
                .counter("config.hints", board.hints.sum())
                .counter("config.notifications", counted(watched, "share.notifications"))
                .counter(
                        "config.callback.failed",
                        board.callbackFailures.sum() + counted(watched, "share.callback.failed"))
                .counter("config.calls.abandoned", loader.calls().abandoned())
                .gauge("config.version", versions.newest().version())
                .gauge("config.subscribers", shown(watched, "share.subscribers"))
                .gauge("config.participants", changes.participants().size())
                .gauge("config.kept", versions.history().size())
                .gauge("config.held", board.facts().held() ? 1 : 0)
                .gauge("config.events", loader.eventsRefused() == null ? 1 : 0)
                .gauge("config.rollout.buckets", rollout == null ? 0 : rollout.buckets())
                .build();
    }

    private static long counted(MetricsSnapshot from, String name) {
        return from.counters().getOrDefault(name, 0L);
    }

    private static long shown(MetricsSnapshot from, String name) {
        return from.gauges().getOrDefault(name, 0L);
    }
}
