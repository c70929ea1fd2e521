/// `./patinox demo`: the library's main job on a real PostgreSQL, while things go wrong.
///
/// [io.patinox.cli.demo.DemoCommand] reads the options; [io.patinox.cli.demo.Demo] runs the stages:
/// open a database, load the bank, let clients transfer money through a pooled data source in two
/// phases, break things meanwhile, audit the money, close everything, report. The targets of the
/// report decide the exit code.
@NullMarked
package io.patinox.cli.demo;

import org.jspecify.annotations.NullMarked;
