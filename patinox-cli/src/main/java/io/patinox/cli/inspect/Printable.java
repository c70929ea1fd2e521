package io.patinox.cli.inspect;

import java.util.HexFormat;

/// Texts of a file as they may be shown: what is in a file may have been put there to take over the
/// terminal of whoever looks at it.
///
/// Escaped as `\u001b` are control characters, those that change the direction or end a line,
/// halves of characters, and, where the output has ASCII only, all beyond it. Other characters stay
/// as they are.
final class Printable {
    private static final HexFormat HEX = HexFormat.of();

    private Printable() {}

    /// Shows a text in one line; a backslash in it is doubled, so that what is escaped can be told
    /// from what looks like it.
    static String line(String text, boolean unicode) {
        StringBuilder line = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> i += append(line, text, i, unicode);
            }
        }
        return line.toString();
    }

    /// Shows a message or a path, whose backslashes are no escapes.
    static String message(String text, boolean unicode) {
        StringBuilder line = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            i += append(line, text, i, unicode);
        }
        return line.toString();
    }

    /// Leaves a text as it is, but for halves of characters, which UTF-8 can't write.
    static String encodable(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text.length() + 8);
        text.codePoints()
                .forEach(c -> {
                    if (Character.getType(c) == Character.SURROGATE) {
                        whole.append("\\u").append(HEX.toHexDigits((char) c));
                    } else {
                        whole.appendCodePoint(c);
                    }
                });
        return whole.toString();
    }

    /// Writes a text as a string of JSON.
    static String json(String text, boolean unicode) {
        StringBuilder json = new StringBuilder(text.length() + 8).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> json.append("\\\\");
                case '"' -> json.append("\\\"");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> i += append(json, text, i, unicode);
            }
        }
        return json.append('"').toString();
    }

    /// Appends a character, escaped if it must be.
    ///
    /// @return how many more chars it has than one
    private static int append(StringBuilder line, String text, int at, boolean unicode) {
        int character = text.codePointAt(at);
        boolean shown = unicode ? !isSpecial(character) : character >= ' ' && character < 0x7F;
        int chars = Character.charCount(character);
        for (int i = at; i < at + chars; i++) {
            if (shown) {
                line.append(text.charAt(i));
            } else {
                line.append("\\u").append(HEX.toHexDigits(text.charAt(i)));
            }
        }
        return chars - 1;
    }

    private static boolean isSpecial(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
