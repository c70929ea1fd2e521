package io.patinox.benchmarks.mmap;

import io.patinox.benchmarks.door.Bar;
import io.patinox.benchmarks.door.BriefRegime;
import io.patinox.benchmarks.door.Group;
import io.patinox.benchmarks.door.JmhRegime;
import io.patinox.benchmarks.door.Regime;
import io.patinox.benchmarks.door.SampledRegime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The group `mmap`: reading and writing structs in order and here and there, and what it takes to
/// open a file and to begin a body.
public final class MmapGroup implements Group {
    static final String PATINOX = "patinox";
    static final String FOR_EACH = "patinox, forEach";
    static final String VIEW = "patinox, view";
    static final String CONFINED = "patinox, confined";
    static final String ONE = "patinox, one element";
    static final String ARRAY = "long[]";
    static final String SEGMENT = "MemorySegment";
    static final String CHRONICLE = "chronicle-bytes";
    static final String AGRONA = "agrona";
    static final String STREAM = "buffered stream";

    private static final double MICROSECOND = 1_000;

    /// What Chronicle and Agrona need, as their documentation says; the same for everybody.
    private static final List<String> OPENED =
            List.of(
                    "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                    "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                    "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
                    "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
                    "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                    "--add-opens=java.base/java.io=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "--enable-native-access=ALL-UNNAMED");

    private final Regime sum =
            regime(
                    "sum of 10,000,000",
                    ReadBenchmark.class,
                    Scale.LARGE,
                    with(everybody(true), FOR_EACH, "patinoxForEach", VIEW, "patinoxView"),
                    FOR_EACH,
                    VIEW,
                    ARRAY,
                    SEGMENT,
                    CHRONICLE,
                    AGRONA);
    private final Regime column =
            regime(
                    "sum of a column of 10,000,000",
                    ColumnBenchmark.class,
                    Scale.LARGE,
                    columns(),
                    ARRAY);
    private final Regime near =
            regime(
                    "random reads of 65,536",
                    RandomReadBenchmark.class,
                    Scale.SMALL,
                    everybody(false),
                    SEGMENT);
    private final Regime far =
            regime(
                    "random reads of 10,000,000",
                    RandomReadBenchmark.class,
                    Scale.LARGE,
                    everybody(false),
                    SEGMENT);
    private final Regime write =
            regime(
                    "writes of 10,000,000",
                    WriteBenchmark.class,
                    Scale.LARGE,
                    everybody(true),
                    ARRAY,
                    SEGMENT);
    private final Regime nearWrite =
            regime(
                    "random writes to 65,536",
                    RandomWriteBenchmark.class,
                    Scale.SMALL,
                    everybody(false),
                    SEGMENT);
    private final Regime farWrite =
            regime(
                    "random writes to 10,000,000",
                    RandomWriteBenchmark.class,
                    Scale.LARGE,
                    everybody(false),
                    SEGMENT);
    private final Regime open =
            regime(
                    "open, check, map, close",
                    OpenBenchmark.class,
                    Scale.SMALL,
                    with(peers(), CONFINED, "patinoxConfined"),
                    SEGMENT);
    private final Regime body =
            regime(
                    "body",
                    BodyBenchmark.class,
                    Scale.SMALL,
                    Map.of(PATINOX, "empty", ONE, "one"),
                    ONE);
    private final Regime decode =
            regime(
                    "texts and records in records",
                    DecodeBenchmark.class,
                    Scale.SMALL,
                    Map.of(SEGMENT, "segment"),
                    SEGMENT);

    /// Creates the group, as the service loader does.
    public MmapGroup() {}

    @Override
    public String name() {
        return "mmap";
    }

    @Override
    public List<Regime> regimes() {
        return List.of(sum, column, near, far, write, nearWrite, farWrite, open, body, decode);
    }

    @Override
    public List<Bar> bars() {
        return List.of(
                over("sum: over long[]", sum, PATINOX, ARRAY).atMost(1.05),
                over("sum of a column: over long[]", column, PATINOX, ARRAY).atMost(1.05),
                over("sum through an interface: over long[]", sum, VIEW, ARRAY).atMost(1.3),
                allocation("sum: allocation", sum, PATINOX),
                allocation("sum by forEach: allocation", sum, FOR_EACH),
                allocation("sum through an interface: allocation", sum, VIEW),
                over("random reads of 65,536: over MemorySegment", near, PATINOX, SEGMENT)
                        .atMost(1.1),
                over("random reads of 10,000,000: over MemorySegment", far, PATINOX, SEGMENT)
                        .atMost(1.05),
                allocation("random reads: allocation", near, PATINOX),
                over("writes: over long[]", write, PATINOX, ARRAY).atMost(1.05),
                allocation("writes: allocation", write, PATINOX),
                over("random writes to 65,536: over MemorySegment", nearWrite, PATINOX, SEGMENT)
                        .atMost(1.1),
                over("random writes to 10,000,000: over MemorySegment", farWrite, PATINOX, SEGMENT)
                        .atMost(1.05),
                allocation("random writes: allocation", nearWrite, PATINOX),
                Bar.value("open, check, map, close: time", open, JmhRegime.TIME, PATINOX)
                        .atMost(100 * MICROSECOND));
    }

    private static Bar.Draft over(String name, Regime regime, String over, String under) {
        return Bar.ratio(name, regime, JmhRegime.TIME, over, under);
    }

    private static Bar allocation(String name, Regime regime, String implementation) {
        return Bar.value(name, regime, JmhRegime.ALLOCATION, implementation).atMost(0.01);
    }

    private static Map<String, String> everybody(boolean stream) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(ARRAY, "array");
        methods.putAll(peers());
        if (stream) {
            methods.put(STREAM, "stream");
        }
        return methods;
    }

    private static Map<String, String> peers() {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(SEGMENT, "segment");
        methods.put(CHRONICLE, "chronicle");
        methods.put(AGRONA, "agrona");
        return methods;
    }

    private static Map<String, String> columns() {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(ARRAY, "array");
        methods.put(SEGMENT, "segment");
        return methods;
    }

    private static Map<String, String> with(Map<String, String> methods, String... more) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        all.putAll(methods);
        return all;
    }

    /// A regime of which a quick run measures us and those that are named.
    private static Regime regime(
            String name,
            Class<?> benchmark,
            Scale scale,
            Map<String, String> others,
            String... compared) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(PATINOX, "patinox");
        methods.putAll(others);
        List<String> options = new ArrayList<>(OPENED);
        options.add(scale.jvmOption());
        List<String> sample = new ArrayList<>(List.of(PATINOX));
        sample.addAll(List.of(compared));
        return new SampledRegime(
                new BriefRegime(
                        new JmhRegime(name, true, 1, benchmark, methods)
                                .withJvmOptions(options.toArray(String[]::new))),
                sample);
    }
}
