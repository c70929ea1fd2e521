package io.patinox.memory.resource;

import io.patinox.memory.monitor.Health;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A registry as text and as JSON.
final class RegistryDump {
    private static final int FRAMES = 16;

    private RegistryDump() {}

    private static List<ResourceView> oldestFirst(ResourceRegistry registry) {
        return registry.select().list().reversed().stream()
                .sorted(Comparator.comparingLong(ResourceView::acquiredMicros))
                .toList();
    }

    static String text(ResourceRegistry registry) {
        List<ResourceView> views = oldestFirst(registry);
        StringBuilder text = new StringBuilder();
        text.append("registry '").append(registry.name()).append("', ").append(registry.health());
        text.append('\n').append(registry.balance()).append('\n');
        totals(views)
                .forEach((type, total) ->
                        text.append(
                                "%,d of type %s, %,d bytes%n"
                                        .formatted(total.count(), type, total.bytes())));
        for (ResourceView view : views) {
            text.append(view);
            if (!view.ownerThread().isEmpty()) {
                text.append(" by thread '").append(view.ownerThread()).append('\'');
            }
            view.sizeBytes().ifPresent(bytes -> text.append(", ").append(bytes).append(" bytes"));
            if (!view.tags().isEmpty()) {
                text.append(", tags ").append(view.tags());
            }
            view.parent().ifPresent(parent -> text.append(", in '").append(parent).append('\''));
            if (!view.dependsOn().isEmpty()) {
                text.append(", depends on ").append(view.dependsOn());
            }
            if (view.closing()) {
                text.append(", closing");
            }
            text.append('\n');
            view.site().ifPresent(site -> place(site, text));
        }
        return text.toString();
    }

    private static void place(Throwable site, StringBuilder text) {
        StackTraceElement[] frames = site.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            text.append("    at ").append(frames[i]).append('\n');
        }
    }

    private static Map<String, ResourceTotal> totals(List<ResourceView> views) {
        return views.stream()
                .collect(
                        Collectors.toMap(
                                ResourceView::type,
                                view -> new ResourceTotal(1, view.sizeBytes().orElse(0)),
                                ResourceTotal::plus,
                                java.util.TreeMap::new));
    }

    static String json(ResourceRegistry registry) {
        List<ResourceView> views = oldestFirst(registry);
        ResourceBalance balance = registry.balance();
        Health health = registry.health();
        String totals =
                totals(views).entrySet().stream()
                        .map(entry ->
                                quoted(entry.getKey())
                                        + ":{\"count\":"
                                        + entry.getValue().count()
                                        + ",\"bytes\":"
                                        + entry.getValue().bytes()
                                        + "}")
                        .collect(Collectors.joining(",", "{", "}"));
        return "{\"name\":"
                + quoted(registry.name())
                + ",\"closed\":"
                + registry.isClosed()
                + ",\"balance\":{\"acquired\":"
                + balance.acquired()
                + ",\"cleaned\":"
                + balance.cleaned()
                + ",\"failed\":"
                + balance.failed()
                + ",\"abandoned\":"
                + balance.abandoned()
                + ",\"detached\":"
                + balance.detached()
                + ",\"open\":"
                + balance.open()
                + "},\"health\":"
                + quoted(health.toString())
                + ",\"totals\":"
                + totals
                + ",\"resources\":"
                + views.stream().map(RegistryDump::json).collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    private static String json(ResourceView view) {
        StringBuilder json = new StringBuilder("{\"type\":").append(quoted(view.type()));
        json.append(",\"name\":").append(quoted(view.name()));
        json.append(",\"priority\":").append(quoted(view.priority().name()));
        json.append(",\"ageMillis\":").append(view.age().toMillis());
        json.append(",\"ownerThread\":").append(quoted(view.ownerThread()));
        view.sizeBytes().ifPresent(bytes -> json.append(",\"sizeBytes\":").append(bytes));
        json.append(",\"tags\":").append(quoted(view.tags()));
        view.parent().ifPresent(parent -> json.append(",\"parent\":").append(quoted(parent)));
        json.append(",\"dependsOn\":").append(quoted(view.dependsOn()));
        json.append(",\"closing\":").append(view.closing());
        view.site().ifPresent(site -> json.append(",\"site\":").append(quoted(frames(site))));
        return json.append('}').toString();
    }

    private static List<String> frames(Throwable site) {
        return java.util.Arrays.stream(site.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .toList();
    }

    private static String quoted(Collection<String> texts) {
        return texts.stream().map(RegistryDump::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c == 0x7F) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
