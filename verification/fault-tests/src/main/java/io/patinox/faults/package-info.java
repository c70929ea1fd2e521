/// What can happen to a mapped file while it is used, tried in JVMs of their own: cut, deleted,
/// replaced, its disk full, its writer killed. None of it may end a JVM.
///
/// [io.patinox.faults.Matrix] is the parent and starts [io.patinox.faults.TrialProgram] for the
/// trials of [io.patinox.faults.Catalogue], and [io.patinox.faults.WriterProgram] to kill it.
@NullMarked
package io.patinox.faults;

import org.jspecify.annotations.NullMarked;
