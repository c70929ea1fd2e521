package io.patinox.cli.config;

import io.patinox.memory.config.ConfigBinding;
import io.patinox.memory.config.ConfigNode;
import io.patinox.memory.config.ConfigNode.Sequence;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.Migrations;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints every value, also the defaults, with the place it comes from.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Prints every value, also the defaults, with the place it comes from.",
            "Secrets are masked. Without --type it is not known which values are, so none is shown."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            ConfigWork.MET,
            ConfigWork.PROBLEMS,
            ConfigWork.SENSELESS,
            ConfigWork.FAILED
        })
final class ExplainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ConfigTarget target = new ConfigTarget();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return ConfigWork.run(target, out, spec.commandLine().getErr(), () -> explain(out));
    }

    private int explain(PrintWriter out) throws IOException {
        Table tree = target.tree();
        if (!target.hasType()) {
            print(out, "", tree);
            out.println("without --type no value is shown, as any may be a secret");
            return ConfigWork.ok();
        }
        Class<?> type = target.type();
        ConfigBinding<?> binding =
                target.binder(type).bind(Migrations.declaredBy(type).migrate(tree));
        out.print(binding.explain());
        out.flush();
        binding.problems().forEach(problem -> out.println("problem: " + problem));
        return binding.problems().isEmpty() ? ConfigWork.ok() : ConfigWork.WRONG;
    }

    private static void print(PrintWriter out, String path, ConfigNode node) {
        switch (node) {
            case Table table ->
                    table.entries()
                            .forEach((name, inner) ->
                                    print(out, path.isEmpty() ? name : path + "." + name, inner));
            case Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    print(out, path + "[" + i + "]", sequence.items().get(i));
                }
            }
            default -> out.println("%s (%s)".formatted(path, node.origin()));
        }
    }
}
