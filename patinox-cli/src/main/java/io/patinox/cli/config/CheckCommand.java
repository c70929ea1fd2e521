package io.patinox.cli.config;

import io.patinox.memory.config.ConfigBinding;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Migrations;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Lists everything that is wrong with a file.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Lists everything that is wrong with a file.",
            "Validations that a program adds at run time are not run."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            ConfigWork.MET,
            ConfigWork.PROBLEMS,
            ConfigWork.SENSELESS,
            ConfigWork.FAILED
        })
final class CheckCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ConfigTarget target = new ConfigTarget();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return ConfigWork.run(target, out, spec.commandLine().getErr(), () -> check(out));
    }

    private int check(PrintWriter out) throws IOException {
        Table tree = target.tree();
        if (!target.hasType()) {
            out.println(
                    "%s is %s; without --type nothing but the syntax was checked"
                            .formatted(target.file(), target.format().name()));
            return ConfigWork.ok();
        }
        Class<?> type = target.type();
        Migrations migrations = Migrations.declaredBy(type);
        ConfigBinding<?> binding = target.binder(type).bind(migrations.migrate(tree));
        binding.problems().forEach(out::println);
        binding.warnings().forEach(warning -> out.println("warning: " + warning));
        String hint = target.hint(migrations, tree);
        if (!hint.isEmpty()) {
            out.println(hint);
        }
        int count = binding.problems().size();
        out.println(
                count == 0
                        ? "%s fits %s".formatted(target.file(), type.getSimpleName())
                        : "%d %s".formatted(count, count == 1 ? "problem" : "problems"));
        return count == 0 ? ConfigWork.ok() : ConfigWork.WRONG;
    }
}
