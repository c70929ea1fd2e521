package io.patinox.memory.cache.internal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The bytes of a snapshot. All numbers are big-endian.
///
/// | part | bytes |
/// |---|---|
/// | header | magic 8, version 4, time 8 (ms since 1970), layout length 4, layout, CRC 4 |
/// | block, any number | mark 4, records 4, length 4, the records, CRC 4 |
/// | record | key length 4, value length 4, hits 4, remaining 8, age 8 (ns), key, value |
/// | trailer | mark 4, records 8, blocks 8, CRC of the CRCs of all blocks 4, CRC 4 |
///
/// Every CRC is a CRC-32C of the bytes of its part that are before it. The layout is the names of
/// the codecs of keys and values.
final class SnapshotFormat {

    static final long MAGIC = 0x5058_4341_4348_450AL;
    static final int VERSION = 1;
    static final int BLOCK = 0x424C_4F43;
    static final int TRAILER = 0x454E_4421;
    static final int HEADER_FIXED_BYTES = 8 + 4 + 8 + 4;
    static final int BLOCK_FIXED_BYTES = 4 + 4 + 4;
    static final int TRAILER_BYTES = 4 + 8 + 8 + 4 + 4;
    static final int CRC_BYTES = 4;

    /// The longest layout there can be: two names and what is between them.
    static final int LAYOUT_MAX_BYTES = 1_024;

    private SnapshotFormat() {}

    static String layout(String keyCodec, String valueCodec) {
        return keyCodec + " -> " + valueCodec;
    }

    static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    static int crc(byte[] bytes, int length) {
        return crc(ByteBuffer.wrap(bytes, 0, length));
    }

    /// Adds the checksum of a block to that of all blocks before it.
    static void chain(CRC32C all, int crc) {
        all.update(ByteBuffer.allocate(CRC_BYTES).putInt(crc).flip());
    }
}
