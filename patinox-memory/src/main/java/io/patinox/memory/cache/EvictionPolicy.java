package io.patinox.memory.cache;

import io.patinox.memory.cache.internal.policy.Policies;
import io.patinox.memory.error.InvalidOptionException;
import java.util.List;

/// Decides which entries a full cache gives up. A policy is an immutable description; what it
/// remembers of entries is in the [EvictionOrder]s it makes, one for each shard of a cache.
///
/// | policy | good for | bad for | a hit costs |
/// |---|---|---|---|
/// | [#adaptive()] | loads one doesn't know; the default | none in particular | a counter |
/// | [#lru()] | recent entries come back; order promised to users | loops, scans | a lock |
/// | [#lfu()] | favourites that rarely change | favourites that change quickly | a counter |
/// | [#fifo()] | entries that are used for a while and never again | favourites | a counter |
/// | [#ttl()] | entries that go by their time, with a bound for bad days | favourites | a counter |
/// | [#clock()] | what LRU is good for, with cheap hits | loops, scans | a counter |
/// | [#sieve()] | favourites among one-hit wonders, as on the web | loops, recency | a counter |
/// | [#s3Fifo()] | as SIEVE, and scans | loops, keys that come twice at some distance | a counter |
/// | [#wTinyLfu()] | favourites, scans, loops, recency | going back and forth | a counter |
/// | [#lirs()] | loops, scans, databases | recency: going back and forth | a counter |
/// | [#gdsf()] | entries of different weight or cost | entries that are all alike | a counter |
///
/// Which one suits can be measured: `./patinox simulate` replays a trace through all of them. A
/// policy of your own is a few lines; `EvictionPolicyContract` of `patinox-testkit` tests it:
///
/// {@snippet file="io/patinox/memory/examples/EvictionPolicyExamples.java" region="policy"}
///
/// *Threads.* A policy is shared by caches and threads, so it must be thread-safe, which an
/// immutable object is.
public interface EvictionPolicy {

    /// Returns the name of the policy, as it stands in reports: `lru`, `s3-fifo`.
    ///
    /// @return 1 to 100 letters, digits and `. _ - :`
    String name();

    /// Makes the order of one shard of a cache.
    ///
    /// @param capacity how much the shard may hold, in the unit of [PolicyNode#weight()]; at least
    ///   1
    /// @return an order that knows no entry yet
    EvictionOrder newOrder(long capacity);

    /// Tells whether [EvictionOrder#hit] is to be called for every hit, under the lock of the
    /// shard. That makes hits as slow as writes, so by default it is not: then hits are only
    /// counted, and the order looks at [PolicyNode#takeHits()] when it needs to know.
    ///
    /// @return whether the order must know of each hit when it happens
    default boolean everyHit() {
        return false;
    }

    /// Returns the policy by which the entry goes that was used least recently, exactly, in each
    /// shard. It is told of [every hit][#everyHit()].
    ///
    /// @return the policy `lru`
    static EvictionPolicy lru() {
        return Policies.LRU;
    }

    /// Returns the policy by which the entry goes that was used least often. Counts hits up to 255;
    /// of several with equal counts, the one goes that has had its count longest. All counts are
    /// halved after every ten times as many evictions as there are entries. The newest entry is
    /// spared until the next one comes.
    ///
    /// @return the policy `lfu`
    static EvictionPolicy lfu() {
        return Policies.LFU;
    }

    /// Returns the policy by which the entry goes that came first, whatever happened to it since.
    ///
    /// @return the policy `fifo`
    static EvictionPolicy fifo() {
        return Policies.FIFO;
    }

    /// Returns the policy for entries that go by their time. Expiry is not its business; only if a
    /// bound forces it, the entry goes that was written first, as far as the policy is [told of
    /// writes][EvictionOrder#updated]: where all live equally long, the one that would expire
    /// first.
    ///
    /// @return the policy `ttl`
    static EvictionPolicy ttl() {
        return Policies.TTL;
    }

    /// Returns the policy CLOCK (Corbató, 1968), the second chance: the entry goes that came first,
    /// but those that were hit count as new.
    ///
    /// @return the policy `clock`
    static EvictionPolicy clock() {
        return Policies.CLOCK;
    }

    /// Returns the policy SIEVE (Zhang et al., NSDI 2024): a hand goes from old entries to new ones
    /// and takes the next without a hit since it last passed.
    ///
    /// @return the policy `sieve`
    static EvictionPolicy sieve() {
        return Policies.SIEVE;
    }

    /// Returns the policy S3-FIFO (Yang et al., SOSP 2023): a small queue on trial, a main queue,
    /// and a history of as many evicted keys as the main queue has entries, of 12 to 18 bytes each.
    ///
    /// @return the policy `s3-fifo`
    static EvictionPolicy s3Fifo() {
        return Policies.S3_FIFO;
    }

    /// Returns the policy W-TinyLFU (Einziger, Friedman and Manes, 2017). Its window has 1 % of the
    /// room at first; it grows, up to 80 %, while keys come back soon after they were refused. It
    /// knows hits by counters, so it costs a hit nothing, and is told of popularity a little late.
    /// Its sketch and histories take 10 to 18 bytes an entry.
    ///
    /// @return the policy `w-tinylfu`
    static EvictionPolicy wTinyLfu() {
        return Policies.W_TINY_LFU;
    }

    /// Returns a policy after LIRS (Jiang and Zhang, SIGMETRICS 2002), which ranks entries by the
    /// distance between uses. It remembers up to twice as many evicted keys as there are entries,
    /// at about 50 bytes a key.
    ///
    /// @return the policy `lirs`
    static EvictionPolicy lirs() {
        return Policies.LIRS;
    }

    /// Returns the policy GreedyDual-Size-Frequency (Cherkasova, 1998): the entry goes whose hits,
    /// times its [cost][PolicyNode#cost()], are worth least for its [weight][PolicyNode#weight()],
    /// and whose worth has aged most. Counts up to 31 hits.
    ///
    /// @return the policy `gdsf`
    static EvictionPolicy gdsf() {
        return Policies.GDSF;
    }

    /// Returns a policy of the house by its name, for command lines and files of settings.
    ///
    /// @param name the name, as in [#names()]; case, hyphens, underscores and blanks don't count
    /// @return the policy
    /// @throws InvalidOptionException if none is called that; it says which one may be meant
    static EvictionPolicy byName(String name) {
        return Policies.byName(name);
    }

    /// Returns the names of all policies of the house.
    ///
    /// @return the names
    static List<String> names() {
        return Policies.names();
    }

    /// Returns the policy that adapts to what it sees: loops, scans, favourites, recency. Small
    /// simulations on a sample of about a hundred keys a shard tell which of five ways to choose
    /// has most hits. It is the default of every cache. It remembers twice as many evicted keys as
    /// there are entries, at 4 bytes a key.
    ///
    /// @return the policy `adaptive`
    static EvictionPolicy adaptive() {
        return Policies.ADAPTIVE;
    }
}
