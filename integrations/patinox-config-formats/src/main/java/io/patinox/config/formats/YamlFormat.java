package io.patinox.config.formats;

import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.error.ConfigSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML 1.2 with its core schema: `NO` and `on` are text, `0o17` and `0x1F` are numbers.
///
/// One document a file. Aliases and the merge key `<<` work within a limit; tags other than those
/// of the core schema, keys that are no plain values, and keys given twice are refused. Fractions
/// are kept exactly. May be used from any thread.
public final class YamlFormat implements ConfigFormat {

    private static final int MAX_CHARACTERS = 16 << 20;

    /// What the engine says without showing any of the text.
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "mapping (values|keys) are not allowed here|could not find expected ':'"
                            + "|sequence entries are not allowed here"
                            + "|found unexpected end of stream|found unexpected document separator"
                            + "|expected <block end>, but found '<[a-z ]+>'"
                            + "|expected ',' or '[\\]}]', but got [<>a-z ]+");

    private static final DumpSettings DUMP =
            DumpSettings.builder()
                    .setDefaultFlowStyle(FlowStyle.BLOCK)
                    .setSchema(new CoreSchema())
                    .setSplitLines(false)
                    .setDereferenceAliases(true)
                    .build();

    /// Creates the format. It has no state.
    public YamlFormat() {}

    @Override
    public String name() {
        return "yaml";
    }

    @Override
    public Set<String> extensions() {
        return Set.of("yaml", "yml");
    }

    @Override
    public Table parse(byte[] content, String source) throws ConfigSyntaxException {
        String text = ConfigFormat.text(content, source);
        LoadSettings settings =
                LoadSettings.builder()
                        .setCodePointLimit(MAX_CHARACTERS)
                        // all at once: in smaller steps it copies what a long line has so far at
                        // every step, which takes minutes for a line of some megabytes
                        .setBufferSize(text.length() + 1)
                        .setAllowNonScalarKeys(true)
                        .build();
        try {
            var events = new ParserImpl(settings, new StreamReader(settings, text));
            return new YamlTree(events, source).table();
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            int line = mark.map(Mark::getLine).orElse(-1) + 1;
            int column = mark.map(Mark::getColumn).orElse(-1) + 1;
            String problem = e.getProblem();
            boolean harmless = problem != null && HARMLESS.matcher(problem).matches();
            throw new ConfigSyntaxException(
                    source, line, column, harmless ? problem : "is not valid YAML here");
        } catch (YamlEngineException e) {
            // its message may show the text
            throw new ConfigSyntaxException(
                    source, 0, 0, "has a character or a form that YAML does not allow");
        }
    }

    @Override
    public byte[] write(Table content) {
        if (content.entries().isEmpty()) {
            return "{}\n".getBytes(StandardCharsets.UTF_8);
        }
        return new Dump(DUMP).dumpToString(JavaValues.of(content)).getBytes(StandardCharsets.UTF_8);
    }
}
