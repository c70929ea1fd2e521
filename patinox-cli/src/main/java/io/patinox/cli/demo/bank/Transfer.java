package io.patinox.cli.demo.bank;

import java.util.SplittableRandom;

/// One movement of money: account, teller and branch change by the same amount.
///
/// A transfer is a function of the run's seed, the client and its sequence number: a ledger needn't
/// keep what can be worked out again, and the audit knows what each line of history has to say.
///
/// @param client the client's number, from 0
/// @param sequence the client's own count of its transfers, from 0
/// @param account the account's number, from 1
/// @param teller the teller's number, from 1
/// @param branch the teller's branch, from 1
/// @param amount what to add, never 0
public record Transfer(int client, int sequence, int account, int teller, int branch, int amount) {

    private static final int AMOUNT_MAX = 5_000;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /// Works out a transfer.
    ///
    /// @param seed the run's seed
    /// @param client the client's number
    /// @param sequence the client's count
    /// @return the transfer, the same for the same arguments
    public static Transfer of(long seed, int client, int sequence) {
        long place = ((long) client << Integer.SIZE) | sequence;
        var random = new SplittableRandom(seed + place * SPREAD);
        int account = 1 + random.nextInt(BankSchema.ACCOUNTS);
        int teller = 1 + random.nextInt(BankSchema.TELLERS);
        int amount = 1 + random.nextInt(AMOUNT_MAX);
        return new Transfer(
                client,
                sequence,
                account,
                teller,
                BankSchema.branchOfTeller(teller),
                random.nextBoolean() ? amount : -amount);
    }
}
