package io.patinox.memory.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads JSON as strictly as RFC 8259 has it: objects as maps, arrays as lists, texts, whole
/// numbers, and the two truths. That is all a registry writes.
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.check(json.at == text.length());
        return value;
    }

    private void check(boolean ok) {
        if (!ok) {
            throw new AssertionError("no JSON at " + at + ": " + text);
        }
    }

    private boolean accept(String token) {
        boolean found = text.startsWith(token, at);
        at += found ? token.length() : 0;
        return found;
    }

    private Object value() {
        if (accept("{")) {
            return object();
        } else if (accept("[")) {
            return array();
        } else if (accept("\"")) {
            return string();
        } else if (accept("true")) {
            return true;
        } else if (accept("false")) {
            return false;
        }
        return number();
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (accept("}")) {
            return members;
        }
        do {
            check(accept("\""));
            String name = string();
            check(accept(":"));
            check(members.put(name, value()) == null);
        } while (accept(","));
        check(accept("}"));
        return members;
    }

    private List<Object> array() {
        List<Object> elements = new ArrayList<>();
        if (accept("]")) {
            return elements;
        }
        do {
            elements.add(value());
        } while (accept(","));
        check(accept("]"));
        return elements;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        while (!accept("\"")) {
            check(at < text.length());
            char c = text.charAt(at++);
            check(c >= ' ');
            string.append(c == '\\' ? escaped() : c);
        }
        return string.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        if (c == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        int plain = "\"\\/bfnrt".indexOf(c);
        check(plain >= 0);
        return "\"\\/\b\f\n\r\t".charAt(plain);
    }

    private Long number() {
        int begin = at;
        boolean _ = accept("-");
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        check(at > begin);
        return Long.valueOf(text.substring(begin, at));
    }
}
