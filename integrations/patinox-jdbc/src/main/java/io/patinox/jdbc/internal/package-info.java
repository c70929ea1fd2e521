/// What stands between a borrower and a physical connection: the wrappers of a lease, and the state
/// that is put back when the lease ends.
///
/// A [Session][io.patinox.jdbc.internal.Session] is a physical connection with what it was like
/// when it was opened. A [LeasedConnection][io.patinox.jdbc.internal.LeasedConnection] is one
/// borrower's view of it, from `getConnection()` to `close()`. Statements, result sets and metadata
/// a borrower gets are wrapped as well, so that each leads back to the borrower's own connection
/// and each failure is seen.
///
/// The wrappers' mechanical methods are not written by hand: `Forwarding` adds them at run time.
@NullMarked
package io.patinox.jdbc.internal;

import org.jspecify.annotations.NullMarked;
