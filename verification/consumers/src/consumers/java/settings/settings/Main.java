package settings;

import io.patinox.memory.config.ConfigBinder;
import io.patinox.memory.config.ConfigFormat;
import io.patinox.memory.error.ConfigTypeException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;

/// Reads YAML through the service, and binds it to a record of its own.
public final class Main {

    record App(int port) {}

    private Main() {}

    /// Prints what came of it.
    ///
    /// @param args none
    public static void main(String[] args) {
        byte[] yaml = "port: 80".getBytes(StandardCharsets.UTF_8);
        var tree = ConfigFormat.forFileName("app.yaml").parse(yaml, "file app.yaml");
        var open = ConfigBinder.builder(App.class).lookup(MethodHandles.lookup()).build();
        System.out.println("with a lookup: " + open.bind(tree).value());
        try {
            ConfigBinder.builder(App.class).build().bind(tree);
        } catch (ConfigTypeException e) {
            System.out.println("without: " + e.getMessage());
        }
        try {
            ConfigBinder.builder(App.class).lookup(MethodHandles.publicLookup()).build().bind(tree);
        } catch (ConfigTypeException e) {
            System.out.println("with another: " + e.code());
        }
    }
}
