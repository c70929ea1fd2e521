/// Exceptions with stable codes, and the recovery strategies they carry.
///
/// Everything the library throws on purpose is a
/// [PatinoxException][io.patinox.memory.error.PatinoxException]: unchecked, with a stable
/// [code][io.patinox.memory.error.ErrorCode], typed fields, and a
/// [strategy][io.patinox.memory.error.RecoveryStrategy] that says what a caller can do at run time.
///
/// {@snippet file="io/patinox/memory/examples/ErrorExamples.java" region="act"}
///
/// A strategy belongs to the code and survives wrapping: a failure that must not be retried stays
/// so inside a `CompletionException`, inside another failure of the library, or ten wrappers deep.
/// What is unknown is not retried, and neither are an `Error` or an interruption.
///
/// All exceptions of the library are here, because a sealed root must name its leaves. Integrations
/// add theirs below [IntegrationException][io.patinox.memory.error.IntegrationException]. This is
/// the lowest exported package: it knows none of the others.
@NullMarked
package io.patinox.memory.error;

import org.jspecify.annotations.NullMarked;
