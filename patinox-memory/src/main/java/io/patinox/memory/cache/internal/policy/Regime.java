package io.patinox.memory.cache.internal.policy;

/// The ways in which a [SegmentOrder] can choose: how large its small queue is, what it takes to
/// get into the main queue, and what it takes to stay there.
///
/// They are few and unlike each other. What one of them is bad at, another one is good at; so what
/// counts is to notice soon which one is needed.
enum Regime {

    /// For favourites that last, and loops: the prior assumption. What comes back gets into the
    /// main queue only in place of an entry that has been idle for twice as long as the newcomer
    /// was away, and that has used up its credit: one chance for each round of the hand in which it
    /// was hit, from the second on, at most three. Credit makes the difference between the
    /// frequencies that count in a stable, skewed load; the first round gives none, so entries of a
    /// phase that is over go at once.
    STEADY(Entrance.IF_IDLE_LONGER, 0.01, 2, 4),

    /// For going back and forth, and anything where the last used is the next: one queue, in which
    /// what was hit gets another round. That is CLOCK (Corbató, 1968).
    RECENT(Entrance.NEVER, 1, 0, 0),

    /// For loads in which most of what is new is soon used again: as `RETURNING`, with a fifth of
    /// the room for what is new.
    ROOMY(Entrance.IF_IDLE_LONGER, 0.2, 2, 0),

    /// For many entries that are used once, and favourites that change, as on the web: S3-FIFO
    /// (Yang et al., SOSP 2023).
    FILTERING(Entrance.IF_HIT_TWICE, 0.1, 0, 3),

    /// For loops and files that are read again and again, in phases: the test of LIRS (Jiang and
    /// Zhang, SIGMETRICS 2002), with less proof and no credit.
    RETURNING(Entrance.IF_IDLE_LONGER, 0.01, 1.4, 0);

    /// Who gets from the small queue, or from among the evicted, into the main queue.
    enum Entrance {
        /// Nobody.
        NEVER,
        /// Entries with two hits in the small queue, and evicted ones that come back soon.
        IF_HIT_TWICE,
        /// Entries that come back sooner than the main queue's first has been idle.
        IF_IDLE_LONGER
    }

    final Entrance entrance;
    final double smallShare;
    final double proof;
    final int credit;

    /// @param smallShare the small queue's share of the room
    /// @param proof how much longer than the newcomer was away an entry must have been idle
    /// @param credit how much credit a main entry can have at most
    Regime(Entrance entrance, double smallShare, double proof, int credit) {
        this.entrance = entrance;
        this.smallShare = smallShare;
        this.proof = proof;
        this.credit = credit;
    }
}
