/// A `javax.sql.DataSource` over the pool.
@NullMarked
package io.patinox.jdbc;

import org.jspecify.annotations.NullMarked;
