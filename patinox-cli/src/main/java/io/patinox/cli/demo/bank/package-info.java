/// The demo's work and its proof: a bank after the TPC-B model.
///
/// A [io.patinox.cli.demo.bank.Transfer] changes the balances of one account, one teller and one
/// branch by the same amount and writes a line of history with the client's number and its sequence
/// number. The client notes in its own [io.patinox.cli.demo.bank.Ledger] what it knows of the end:
/// acknowledged, failed, or in doubt. The [io.patinox.cli.demo.bank.Audit] holds the database
/// against all ledgers.
@NullMarked
package io.patinox.cli.demo.bank;

import org.jspecify.annotations.NullMarked;
