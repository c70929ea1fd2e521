package io.patinox.config.formats;

import io.patinox.memory.config.Origin;
import io.patinox.memory.error.ConfigSyntaxException;

/// A TOML text and a place in it, with what is read the same way everywhere: blanks, comments,
/// strings.
final class TomlText {

    private static final int END = -1;

    private final String text;
    private final String source;
    private int at;
    private int line = 1;
    private int lineStart;

    TomlText(String text, String source) {
        this.text = text;
        this.source = source;
    }

    Origin here() {
        return new Origin(source, line, at - lineStart + 1);
    }

    ConfigSyntaxException failure(String detail) {
        return Limits.failure(here(), detail);
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /// Returns the next character without moving, or -1 at the end.
    int peek() {
        return atEnd() ? END : text.charAt(at);
    }

    boolean looksAt(String expected) {
        return text.startsWith(expected, at);
    }

    /// Moves over a text if it comes next, and tells whether it did.
    boolean skip(String expected) {
        boolean there = looksAt(expected);
        at += there ? expected.length() : 0;
        return there;
    }

    void expect(String expected) {
        if (!skip(expected)) {
            throw failure("is no TOML: " + expected + " is missing here");
        }
    }

    void skipSpaces() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    /// Moves over blanks, line ends and comments.
    void skipBlank() {
        while (true) {
            skipSpaces();
            if (peek() == '#') {
                skipComment();
            }
            if (!skipLineEnd()) {
                return;
            }
        }
    }

    /// Moves to the next line; nothing but a comment may come before.
    void endLine() {
        skipSpaces();
        if (peek() == '#') {
            skipComment();
        }
        if (!atEnd() && !skipLineEnd()) {
            throw failure("is no TOML: the line should end here");
        }
    }

    private void skipComment() {
        while (!atEnd() && peek() != '\n' && !looksAt("\r\n")) {
            printable();
        }
    }

    private boolean skipLineEnd() {
        if (!skip("\n") && !skip("\r\n")) {
            return false;
        }
        line++;
        lineStart = at;
        return true;
    }

    /// Reads up to a character that ends a plain value.
    String word() {
        int begin = at;
        while (!atEnd() && " \t\r\n,]}#=".indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    /// Reads a name without quotes; empty if there is none.
    String bare() {
        int begin = at;
        while (isBare(peek())) {
            at++;
        }
        return text.substring(begin, at);
    }

    private static boolean isBare(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_';
    }

    /// Reads a string of any kind. The quote comes next.
    String string(boolean multiLine) {
        String quote = peek() == '"' ? "\"" : "'";
        String three = quote.repeat(3);
        if (multiLine && skip(three)) {
            skipLineEnd();
            return string(quote, three);
        }
        expect(quote);
        return string(quote, quote);
    }

    private String string(String quote, String end) {
        StringBuilder string = new StringBuilder();
        boolean lines = end.length() == 3;
        while (!looksAt(end)) {
            if (atEnd()) {
                throw failure("is no TOML: a string does not end");
            }
            if (quote.equals("\"") && skip("\\")) {
                escape(string, lines);
            } else if (lines && skipLineEnd()) {
                string.append('\n');
            } else {
                string.append(printable());
            }
        }
        at += end.length();
        // one or two quotes right before the closing three belong to the string
        for (int i = 0; lines && i < 2 && skip(quote); i++) {
            string.append(quote);
        }
        return string.toString();
    }

    private char printable() {
        char c = text.charAt(at);
        if ((c < ' ' && c != '\t') || c == 0x7f) {
            throw failure("is no TOML: a control character is here");
        }
        at++;
        return c;
    }

    private void escape(StringBuilder string, boolean lines) {
        int kind = peek();
        at++;
        switch (kind) {
            case 'b' -> string.append('\b');
            case 't' -> string.append('\t');
            case 'n' -> string.append('\n');
            case 'f' -> string.append('\f');
            case 'r' -> string.append('\r');
            case '"' -> string.append('"');
            case '\\' -> string.append('\\');
            case 'u' -> string.appendCodePoint(codePoint(4));
            case 'U' -> string.appendCodePoint(codePoint(8));
            default -> {
                at--;
                skipSpaces();
                if (!lines || !skipLineEnd()) {
                    throw failure("is no TOML: an escape that is not known");
                }
                do {
                    skipSpaces();
                } while (skipLineEnd());
            }
        }
    }

    private int codePoint(int digits) {
        long code = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw failure("is no TOML: a hexadecimal digit is missing here");
            }
            code = code * 16 + digit;
            at++;
        }
        if (code > Character.MAX_CODE_POINT || (code >= 0xd800 && code <= 0xdfff)) {
            throw failure("is no TOML: an escape stands for no character");
        }
        return (int) code;
    }
}
