/// A `javax.sql.DataSource` over the pool of Patinox Memory.
module io.patinox.jdbc {
    requires static transitive org.jspecify;
    requires transitive java.sql;
    requires transitive io.patinox.memory;

    uses java.sql.Driver;

    exports io.patinox.jdbc;
}
