package io.patinox.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulePathIT {

    @TempDir private Path classes;

    @Test
    void program_onTheModulePath_cannotOpenInternals() throws Exception {
        var modular = new Consumer("modular", classes);

        assertThat(modular.compile("-p", Consumer.compileTimePath()).output()).isEmpty();
        var run =
                Consumer.java(
                        "--add-modules",
                        "jdk.jfr",
                        "-p",
                        Consumer.path(classes, Consumer.library()),
                        "-m",
                        "modular/modular.Main");

        assertThat(run.output().lines())
                .contains(
                        "library: io.patinox.memory",
                        "connection: lent",
                        "balance: true",
                        "mapped: Sample[at=1, value=0.5]",
                        "events: true",
                        "internals: InaccessibleObjectException")
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith("without a lookup: MAPPING-LAYOUT: modular.Main$Sample")
                                .contains("lookup(MethodHandles.lookup())"))
                .hasSize(7);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void intruder_usingInternals_doesNotCompile() throws Exception {
        var intruder = new Consumer("intruder", classes);

        var compilation = intruder.compile("-p", Consumer.compileTimePath());

        assertThat(compilation.exitCode()).isNotZero();
        assertThat(compilation.output())
                .contains("package io.patinox.memory.internal is not visible");
    }
}
