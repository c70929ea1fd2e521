package io.patinox.config.formats;

import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Origin;
import io.patinox.memory.error.ConfigSyntaxException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// JSON, strictly: no comments, no trailing commas, no key twice. An empty file is an empty table.
///
/// Fractions are kept exactly. May be used from any thread.
public final class JsonFormat implements ConfigFormat {

    private static final ObjectWriteContext PRETTY =
            new ObjectWriteContext.Base() {
                @Override
                public PrettyPrinter getPrettyPrinter() {
                    return new DefaultPrettyPrinter();
                }
            };

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Limits.DEPTH + 1)
                                    .maxNumberLength(Limits.DIGITS)
                                    .build())
                    .build();

    /// Creates the format. It has no state.
    public JsonFormat() {}

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Set<String> extensions() {
        return Set.of("json");
    }

    @Override
    public Table parse(byte[] content, String source) throws ConfigSyntaxException {
        String text = ConfigFormat.text(content, source);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Table.empty(new Origin(source, 1, 1));
            }
            Origin origin = origin(parser, source);
            if (first != JsonToken.START_OBJECT) {
                throw Limits.failure(origin, "must be a table: it begins with no {");
            }
            Table table = (Table) node(parser, source, 1);
            if (parser.nextToken() != null) {
                throw Limits.failure(origin(parser, source), "has more after its end");
            }
            return table;
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            int line = place == null ? 0 : Math.max(0, place.getLineNr());
            int column = place == null ? 0 : Math.max(0, place.getColumnNr());
            // its message shows the text around
            throw new ConfigSyntaxException(source, line, column, "is not valid JSON here");
        }
    }

    private static Origin origin(JsonParser parser, String source) {
        TokenStreamLocation place = parser.currentTokenLocation();
        return new Origin(source, Math.max(0, place.getLineNr()), Math.max(0, place.getColumnNr()));
    }

    private static ConfigNode node(JsonParser parser, String source, int depth) {
        Origin origin = origin(parser, source);
        return switch (parser.currentToken()) {
            case START_OBJECT -> table(parser, source, depth, origin);
            case START_ARRAY -> {
                Limits.depth(depth, origin);
                List<ConfigNode> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(node(parser, source, depth + 1));
                }
                yield new Sequence(items, origin);
            }
            case VALUE_STRING -> new Scalar(parser.getString(), origin);
            case VALUE_TRUE -> new Scalar(true, origin);
            case VALUE_FALSE -> new Scalar(false, origin);
            case VALUE_NUMBER_INT -> {
                BigInteger number = parser.getBigIntegerValue();
                yield new Scalar(
                        number.bitLength() < Long.SIZE ? (Object) number.longValue() : number,
                        origin);
            }
            case VALUE_NUMBER_FLOAT -> new Scalar(decimal(parser, origin), origin);
            default -> new Scalar(null, origin);
        };
    }

    private static BigDecimal decimal(JsonParser parser, Origin origin) {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException _) {
            throw Limits.failure(origin, "is a number beyond all limits");
        }
    }

    private static Table table(JsonParser parser, String source, int depth, Origin origin) {
        Limits.depth(depth, origin);
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Origin key = origin(parser, source);
            parser.nextToken();
            ConfigNode before = entries.get(name);
            if (before != null) {
                throw Limits.twice(name, before.origin(), key);
            }
            entries.put(name, node(parser, source, depth + 1));
        }
        return new Table(entries, origin);
    }

    @Override
    public byte[] write(Table content) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(PRETTY, bytes)) {
            write(json, content);
            json.writeRaw('\n');
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, ConfigNode node) {
        switch (node) {
            case Table table -> {
                json.writeStartObject();
                table.entries()
                        .forEach((name, inner) -> {
                            json.writeName(name);
                            write(json, inner);
                        });
                json.writeEndObject();
            }
            case Sequence sequence -> {
                json.writeStartArray();
                sequence.items().forEach(item -> write(json, item));
                json.writeEndArray();
            }
            case Scalar scalar -> write(json, scalar.value());
        }
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Long whole -> json.writeNumber(whole);
            case BigInteger whole -> json.writeNumber(whole);
            case BigDecimal real -> json.writeNumber(real);
            case Double real when Double.isFinite(real) -> json.writeNumber(real);
            case Double _ ->
                    throw new UnsupportedOperationException("JSON knows no infinity and no NaN");
            default -> json.writeString(value.toString());
        }
    }
}
