package io.patinox.jdbc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.jdbc.PatinoxDataSource;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.resource.ResourceBalance;
import io.patinox.memory.resource.ResourceRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// The example at the top of the README.
final class ReadmeExamples {

    @Test
    void registry_aDataSourceInIt_balances() throws SQLException {
        String url = "jdbc:h2:mem:readme;INIT=CREATE TABLE IF NOT EXISTS orders (id INT)";
        ResourceBalance balance;
        // @start region="first"
        try (ResourceRegistry registry =
                        ResourceRegistry.builder("shop").monitor(Monitor.jfr()).build();
                PatinoxDataSource source =
                        PatinoxDataSource.builder(url).registry(registry).maxSize(4).build()) {
            try (Connection connection = source.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("INSERT INTO orders VALUES (1)");
            }
            balance = registry.balance(); // acquired = cleaned + failed + ... + open
        }
        // @end
        assertThat(balance.holds()).isTrue();
        assertThat(balance.open()).isPositive();
    }
}
