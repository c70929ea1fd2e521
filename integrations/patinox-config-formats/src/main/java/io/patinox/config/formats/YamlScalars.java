package io.patinox.config.formats;

import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.Origin;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/// Plain values by the core schema of YAML 1.2.
final class YamlScalars {

    private static final ScalarResolver CORE = new CoreScalarResolver(false);
    private static final String TAGS = "tag:yaml.org,2002:";

    private YamlScalars() {}

    static Scalar scalar(ScalarEvent event, Origin origin) {
        String text = event.getValue();
        Tag resolved = CORE.resolve(text, true);
        String kind = kind(event, resolved, origin);
        return new Scalar(value(kind, text, resolved, origin), origin);
    }

    /// The kind of value that a tag demands, or that the text looks like.
    private static String kind(ScalarEvent event, Tag resolved, Origin origin) {
        Optional<String> tag = event.getTag();
        if (tag.isEmpty()) {
            return event.isPlain() ? resolved.getValue().substring(TAGS.length()) : "str";
        }
        if (tag.get().equals("!")) {
            return "str";
        }
        return tag.get().startsWith(TAGS) ? tag.get().substring(TAGS.length()) : refuse(origin);
    }

    private static @Nullable Object value(String kind, String text, Tag resolved, Origin origin) {
        boolean whole = resolved.equals(Tag.INT);
        return switch (kind) {
            case "str" -> text;
            case "null" -> resolved.equals(Tag.NULL) ? null : misfit(kind, origin);
            case "bool" ->
                    resolved.equals(Tag.BOOL)
                            ? (Object) text.equalsIgnoreCase("true")
                            : misfit(kind, origin);
            case "int" -> whole ? whole(text, origin) : misfit(kind, origin);
            case "float" ->
                    whole || resolved.equals(Tag.FLOAT) ? real(text, origin) : misfit(kind, origin);
            default -> refuse(origin);
        };
    }

    private static Object whole(String text, Origin origin) {
        Limits.digits(text, origin);
        BigInteger number =
                text.startsWith("0x")
                        ? new BigInteger(text.substring(2), 16)
                        : text.startsWith("0o")
                                ? new BigInteger(text.substring(2), 8)
                                : new BigInteger(text);
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private static Object real(String text, Origin origin) {
        Limits.digits(text, origin);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case ".nan" -> Double.NaN;
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                try {
                    yield new BigDecimal(text);
                } catch (NumberFormatException _) {
                    throw Limits.failure(origin, "is a number beyond all limits");
                }
            }
        };
    }

    private static Object misfit(String kind, Origin origin) {
        throw Limits.failure(origin, "is tagged !!" + kind + " but is none");
    }

    static void refuseTag(Optional<String> tag, String allowed, Origin origin) {
        if (tag.isPresent() && !tag.get().equals("!") && !tag.get().equals(TAGS + allowed)) {
            refuse(origin);
        }
    }

    private static String refuse(Origin origin) {
        throw Limits.failure(
                origin, "has a tag; only those of YAML's core schema, such as !!str, are known");
    }
}
