package io.patinox.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The passwords of one data source, kept to find them in what is about to be shown.
final class Secrets {
    /*
     * Drivers quote what they were given: the whole URL, a parameter they don't know. So everything
     * a driver throws while the pool uses it passes through scrub(). A message that holds a secret
     * is replaced, and since messages can't be, so is its exception, with the same place in the
     * chain, SQLState, vendor code and stack.
     *
     * A secret that is also the user's name is left: wherever it stands it may be the name, and
     * hiding it tells more. One of fewer than four characters is replaced only where it stands as
     * a word.
     */
    private static final String HIDDEN = "***";
    private static final String NAME = "pass(?:word|wd|phrase)?|pwd|secret|token|credentials?";
    private static final Pattern NAMED =
            Pattern.compile(
                    "(?i)([\\w.]*(?:" + NAME + ")\\w*\\s*=\\s*)(?:\"[^\"]*\"|[^\\s?&;,()\"']+)");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)[?&;,(:]\\s*[\\w.]*(?:" + NAME + ")\\w*\\s*=\\s*(.*)");
    private static final Pattern USER_INFO = Pattern.compile("(?://|[,(])[^/?;(:]*:(.*)@");
    private static final Pattern ORACLE_USER = Pattern.compile(":[^:/@?;]+/(.+)@");
    private static final Pattern BRACED = Pattern.compile("\\{((?:[^}]|\\}\\})*)\\}");
    private static final List<String> ENDS = List.of("&", ";", "[,)]", "[&;,()]");
    private static final Pattern HOST =
            Pattern.compile(
                    "(jdbc:[\\w:+.-]+?:(?://)?)(?:[^/?;()]*@)?([\\w.,:\\[\\]-]*(?:/[\\w.-]*)?)");
    private static final int SHORTEST_TEXT = 4;

    /// How many passwords of a supplier are remembered: messages may come late.
    private static final int REMEMBERED = 16;

    private final Collection<String> fixed;

    /// Replaced as a whole; the longest first, as one may be a part of another.
    private volatile List<String> values;

    private final Deque<String> remembered = new ArrayDeque<>();

    private Secrets(Collection<String> values) {
        fixed = values;
        this.values = sorted(values.stream());
    }

    private static List<String> sorted(Stream<String> values) {
        return values.filter(value -> !value.isBlank())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /// Has a password hidden from now on that was not known before.
    synchronized void remember(String password) {
        if (!remembered.contains(password)) {
            remembered.addFirst(password);
            if (remembered.size() > REMEMBERED) {
                remembered.removeLast();
            }
            values = sorted(Stream.concat(fixed.stream(), remembered.stream()));
        }
    }

    /// Collects the secrets among a URL and the properties that go with it.
    static Secrets of(@Nullable String url, Properties properties) {
        Set<String> found = new HashSet<>();
        Pattern name = Pattern.compile("(?i).*(?:" + NAME + ").*");
        for (String key : properties.stringPropertyNames()) {
            if (name.matcher(key).matches()) {
                found.add(properties.getProperty(key));
            }
        }
        if (url != null) {
            inUrl(url, found);
        }
        String user = properties.getProperty("user");
        if (user != null) {
            found.remove(user);
        }
        return new Secrets(found);
    }

    // where a value ends depends on the driver, so each possible end counts
    private static void inUrl(String url, Set<String> found) {
        for (String value : values(url, PARAMETER)) {
            ENDS.forEach(end -> add(value.split(end, 2)[0], found));
            Matcher braced = BRACED.matcher(value);
            if (braced.lookingAt()) {
                add(braced.group(1), found);
                add(braced.group(1).replace("}}", "}"), found);
            }
        }
        for (String value : values(url, USER_INFO, ORACLE_USER)) {
            add(value, found);
            for (int at = value.indexOf('@'); at >= 0; at = value.indexOf('@', at + 1)) {
                add(value.substring(0, at), found);
            }
        }
    }

    private static List<String> values(String url, Pattern... patterns) {
        List<String> values = new ArrayList<>();
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(url);
            for (int from = 0; matcher.find(from); from = matcher.start() + 1) {
                values.add(matcher.group(1));
            }
        }
        return values;
    }

    private static void add(String value, Set<String> found) {
        found.add(value);
        found.add(decoded(value));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value; // not encoded then
        }
    }

    /// Returns the part of a URL that names the database: no user, no password, no parameters.
    static String display(String url) {
        Matcher matcher = HOST.matcher(url);
        String shown = matcher.lookingAt() ? matcher.group(1) + matcher.group(2) : "";
        // an @ that is left means that we did not find the end of the user's part
        if (shown.isEmpty() || url.indexOf('@', matcher.end()) >= 0) {
            int scheme = url.startsWith("jdbc:") ? url.indexOf(':', 5) : -1;
            return (scheme < 0 ? "" : url.substring(0, scheme + 1)) + HIDDEN;
        }
        return shown;
    }

    /// Returns the text with every secret hidden.
    String scrub(String text) {
        String clean = text;
        for (String value : values) {
            if (value.length() >= SHORTEST_TEXT) {
                clean = clean.replace(value, HIDDEN);
            } else {
                clean = clean.replaceAll("(?<!\\w)" + Pattern.quote(value) + "(?!\\w)", HIDDEN);
            }
        }
        return NAMED.matcher(clean).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN));
    }

    /// Returns the failure, or a copy of it without the secrets that its messages hold.
    Exception scrub(Exception failure) {
        return (Exception) clean(failure);
    }

    /// Returns the error, or a copy of it without the secrets that its messages hold.
    Error scrub(Error failure) {
        return (Error) clean(failure);
    }

    private Throwable clean(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return isClean(failure, seen) ? failure : copy(failure, new IdentityHashMap<>());
    }

    private boolean isClean(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return true;
        }
        String text = failure.toString();
        if (!scrub(text).equals(text) || !isClean(failure.getCause(), seen)) {
            return false;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!isClean(suppressed, seen)) {
                return false;
            }
        }
        return !(failure instanceof SQLException e) || isClean(e.getNextException(), seen);
    }

    // a chain that leads back into itself is cut where it does
    private Throwable copy(Throwable failure, IdentityHashMap<Throwable, Throwable> copies) {
        String message = scrub(failure.toString());
        Throwable copy =
                switch (failure) {
                    case SQLException e ->
                            new SQLException(message, e.getSQLState(), e.getErrorCode());
                    case Error _ -> new ScrubbedError(message);
                    default -> new ScrubbedException(message);
                };
        copies.put(failure, copy);
        copy.setStackTrace(failure.getStackTrace());
        Throwable cause = failure.getCause();
        if (cause != null && !copies.containsKey(cause)) {
            copy.initCause(copy(cause, copies));
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!copies.containsKey(suppressed)) {
                copy.addSuppressed(copy(suppressed, copies));
            }
        }
        SQLException next = failure instanceof SQLException e ? e.getNextException() : null;
        if (next != null && copy instanceof SQLException target && !copies.containsKey(next)) {
            target.setNextException((SQLException) copy(next, copies));
        }
        return copy;
    }

    /// Stands for an error whose message held a secret.
    private static final class ScrubbedError extends Error {
        private static final long serialVersionUID = 1L;

        ScrubbedError(String message) {
            super(message);
        }
    }

    /// Stands for an exception whose message held a secret.
    private static final class ScrubbedException extends Exception {
        private static final long serialVersionUID = 1L;

        ScrubbedException(String message) {
            super(message);
        }
    }
}
