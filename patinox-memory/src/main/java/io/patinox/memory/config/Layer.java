package io.patinox.memory.config;

import io.patinox.memory.config.ConfigNode.Scalar;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.internal.FileView;
import io.patinox.memory.config.internal.FlatTree;
import io.patinox.memory.config.internal.Settling;
import io.patinox.memory.config.internal.Sighting;
import io.patinox.memory.error.ConfigSyntaxException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One of the layers that make a configuration; higher ones win.
sealed interface Layer {
    Comparator<Layer> ORDER = Comparator.comparingInt(Layer::precedence);

    /// {@return how it is called in problems, for example `file app.yaml`}
    String source();

    int precedence();

    /// Reads the layer, or makes a tree of what was read before.
    Table tree(@Nullable Sighting sighting) throws Exception;

    /// A file, or a folder of files, that is watched.
    sealed interface Watched extends Layer {
        Path path();

        /// {@return whether it is a problem if it is missing}
        boolean required();

        boolean folder();

        default Settling settling(
                long limitBytes,
                long quietNanos,
                long goneNanos,
                LongSupplier wallMillis,
                LongSupplier nanos) {
            FileView view = new FileView(path(), folder(), limitBytes);
            return new Settling(view, quietNanos, goneNanos, wallMillis, nanos);
        }
    }

    /// A file.
    record OfFile(
            String source,
            int precedence,
            Path path,
            boolean required,
            ConfigFormat format,
            Migrations migrations)
            implements Watched {
        @Override
        public boolean folder() {
            return false;
        }

        @Override
        public Table tree(@Nullable Sighting sighting) {
            return sighting == null || sighting.state() != Sighting.State.PRESENT
                    ? Table.empty(Origin.of(source))
                    : format.parse(sighting.bytes(), source);
        }
    }

    /// A folder in which each file is a value: the name is the path, the content the value.
    record OfFolder(String source, int precedence, Path path, boolean required) implements Watched {
        @Override
        public boolean folder() {
            return true;
        }

        @Override
        public Table tree(@Nullable Sighting sighting) {
            FlatTree tree = new FlatTree(Origin.of(source));
            if (sighting != null) {
                sighting.files()
                        .forEach((name, bytes) -> put(tree, name, source + "/" + name, bytes));
            }
            return tree.table();
        }

        private static void put(FlatTree tree, String name, String file, byte[] bytes) {
            String text = ConfigFormat.text(bytes, file);
            // the line end that most tools put after a value is not part of it
            String value = text.replaceFirst("\r?\n$", "");
            tree.put(
                    name,
                    new Scalar(value, Origin.of(file)),
                    problem -> {
                        throw new ConfigSyntaxException(file, 0, 0, problem);
                    });
        }
    }

    /// Everything else.
    record OfSource(ConfigSource from, int precedence) implements Layer {
        @Override
        public String source() {
            return from.name();
        }

        @Override
        public Table tree(@Nullable Sighting sighting) throws Exception {
            Table table = from.read();
            if (table == null) {
                throw new NullPointerException("ConfigSource.read() returned null");
            }
            return table;
        }
    }
}
