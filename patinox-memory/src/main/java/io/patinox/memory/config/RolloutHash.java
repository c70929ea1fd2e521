package io.patinox.memory.config;

import java.nio.charset.StandardCharsets;

/// In which bucket of a rollout a subject is.
///
/// This is MurmurHash3 x86 32 (Austin Appleby, 2011, public domain) with seed 0 over the UTF-8
/// bytes of salt, `:` and subject. The unsigned hash is scaled to the number of buckets by `hash *
/// 100,000 / 2^32`, rounded down, so that it can be computed elsewhere too.
final class RolloutHash {
    static final int BUCKETS = 100_000;

    private RolloutHash() {}

    static int bucket(String salt, String subject) {
        byte[] key = (salt + ':' + subject).getBytes(StandardCharsets.UTF_8);
        return (int) ((Integer.toUnsignedLong(murmur3(key)) * BUCKETS) >>> 32);
    }

    static int murmur3(byte[] key) {
        int hash = 0;
        int whole = key.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            int block =
                    (key[i] & 0xff)
                            | ((key[i + 1] & 0xff) << 8)
                            | ((key[i + 2] & 0xff) << 16)
                            | (key[i + 3] << 24);
            hash = Integer.rotateLeft(hash ^ scrambled(block), 13) * 5 + 0xe6546b64;
        }
        int tail = 0;
        for (int i = key.length - 1; i >= whole; i--) {
            tail = (tail << 8) | (key[i] & 0xff);
        }
        hash ^= scrambled(tail);
        hash ^= key.length;
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    private static int scrambled(int block) {
        return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
    }
}
