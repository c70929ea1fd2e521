package io.patinox.memory.config.internal;

import io.patinox.memory.error.ConfigSyntaxException;
import io.patinox.memory.error.Options;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The text of a file: strict UTF-8 within a limit, or a failure that says where.
public final class Texts {

    static final int MAX_BYTES = 16 << 20;

    private static final char MARK = '\uFEFF';

    private Texts() {}

    /// Decodes a file.
    ///
    /// @param content the bytes
    /// @param source what they were read from
    /// @return the text, without a byte order mark
    public static String decode(byte[] content, String source) {
        Options.required("content", content);
        Options.required("source", source);
        if (content.length > MAX_BYTES) {
            throw new ConfigSyntaxException(
                    source,
                    0,
                    0,
                    String.format(
                            Locale.ROOT,
                            "has %,d bytes, the limit is %,d",
                            content.length,
                            MAX_BYTES));
        }
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer chars = CharBuffer.allocate(content.length);
        boolean malformed = decoder.decode(bytes, chars, true).isError();
        String text = chars.flip().toString();
        if (malformed) {
            throw at(source, text, text.length(), "is not UTF-8 from here on");
        }
        int binary = text.indexOf('\0');
        if (binary >= 0) {
            throw at(source, text, binary, "is binary: it has a zero byte here");
        }
        return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    }

    private static ConfigSyntaxException at(String source, String text, int end, String detail) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                begin = i + 1;
            }
        }
        return new ConfigSyntaxException(source, line, end - begin + 1, detail);
    }
}
