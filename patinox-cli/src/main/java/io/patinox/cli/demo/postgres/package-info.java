/// A real PostgreSQL for the length of one demo.
///
/// [io.patinox.cli.demo.postgres.PostgresServer] unpacks the binaries into a directory of its own,
/// makes a database cluster there and starts, stops and restarts the server: the same data
/// directory and the same port each time. It listens on the loopback address only, asks for a
/// password made for this run, and creates nothing outside its directory.
@NullMarked
package io.patinox.cli.demo.postgres;

import org.jspecify.annotations.NullMarked;
