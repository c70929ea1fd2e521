/// A `javax.sql.DataSource` over the pool of Patinox Memory.
///
/// [PatinoxDataSource][io.patinox.jdbc.PatinoxDataSource] is what a program uses;
/// [PatinoxDataSourceBuilder][io.patinox.jdbc.PatinoxDataSourceBuilder] has its options;
/// [JdbcException][io.patinox.jdbc.JdbcException] with a
/// [JdbcErrorCode][io.patinox.jdbc.JdbcErrorCode] says why there is no connection.
///
/// {@snippet file="io/patinox/jdbc/examples/DataSourceExamples.java" region="borrow"}
///
/// The package depends on the exported packages of `io.patinox.memory` and on `java.sql`; drivers
/// are found at run time.
@NullMarked
package io.patinox.jdbc;

import org.jspecify.annotations.NullMarked;
