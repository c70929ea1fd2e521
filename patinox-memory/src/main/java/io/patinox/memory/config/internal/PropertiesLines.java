package io.patinox.memory.config.internal;

import io.patinox.memory.error.ConfigSyntaxException;

/// Cuts a text of properties into keys and values, by the rules of `java.util.Properties`.
final class PropertiesLines {

    private final String text;
    private final String source;
    private int at;
    private int currentLine = 1;
    private int line;
    private String key = "";
    private String value = "";

    PropertiesLines(String text, String source) {
        this.text = text;
        this.source = source;
    }

    /// Moves to the next pair, and tells whether there is one.
    boolean next() {
        while (at < text.length()) {
            skipBlank();
            if (at >= text.length()) {
                return false;
            }
            char c = text.charAt(at);
            if (isEnd(c)) {
                endLine();
            } else if (c == '#' || c == '!') {
                skipComment();
            } else {
                line = currentLine;
                key = piece(true);
                skipSeparator();
                value = piece(false);
                return true;
            }
        }
        return false;
    }

    int line() {
        return line;
    }

    String key() {
        return key;
    }

    String value() {
        return value;
    }

    /// Reads to the end of a key or of a logical line.
    private String piece(boolean asKey) {
        StringBuilder piece = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isEnd(c) || (asKey && (c == '=' || c == ':' || isBlank(c)))) {
                break;
            }
            at++;
            if (c == '\\') {
                escaped(piece);
            } else {
                piece.append(c);
            }
        }
        return piece.toString();
    }

    private void escaped(StringBuilder piece) {
        if (at >= text.length()) {
            return;
        }
        char c = text.charAt(at);
        if (isEnd(c)) {
            endLine();
            skipBlank();
            return;
        }
        at++;
        switch (c) {
            case 't' -> piece.append('\t');
            case 'n' -> piece.append('\n');
            case 'r' -> piece.append('\r');
            case 'f' -> piece.append('\f');
            case 'u' -> piece.append(unicode());
            default -> piece.append(c);
        }
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw new ConfigSyntaxException(
                        source, currentLine, 0, "\\u needs four hexadecimal digits");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private void skipSeparator() {
        skipContinuedBlank();
        if (at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':')) {
            at++;
            skipContinuedBlank();
        }
    }

    /// Blanks, and line ends that are escaped, between a key and its value.
    private void skipContinuedBlank() {
        skipBlank();
        while (at + 1 < text.length() && text.charAt(at) == '\\' && isEnd(text.charAt(at + 1))) {
            at++;
            endLine();
            skipBlank();
        }
    }

    private void skipBlank() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private void skipComment() {
        while (at < text.length() && !isEnd(text.charAt(at))) {
            at++;
        }
    }

    private void endLine() {
        at += text.startsWith("\r\n", at) ? 2 : 1;
        currentLine++;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private static boolean isEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
