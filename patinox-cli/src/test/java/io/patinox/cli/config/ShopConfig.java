package io.patinox.cli.config;

import io.patinox.memory.config.Default;
import io.patinox.memory.config.Migrations;
import io.patinox.memory.config.Secret;

/// A type with a history, for the command line.
record ShopConfig(@Default("8080") int port, Secret<String> password) {

    static Migrations migrations() {
        return Migrations.from(1)
                .step(1, tree -> tree.moved("http.port", "port").without("http"))
                .step(2, tree -> tree.moved("pass", "password"))
                .build();
    }
}
