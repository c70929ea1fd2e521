package io.patinox.memory.internal;

import java.util.Locale;
import java.util.regex.Pattern;

/// Keeps passwords and the like out of messages.
public final class Secrets {

    /// What is shown instead of a secret.
    public static final String MASK = "***";

    private static final String WORDS =
            "password|passwd|pwd|passphrase|secret|token|credentials?|api[._-]?key"
                    + "|private[._-]?key|access[._-]?key|authorization";

    private static final Pattern NAME = Pattern.compile("(?:" + WORDS + ")");

    // key=value inside an URL or a list of properties, up to the next separator; what stands before
    // the word is left alone, so that a long text without one is gone through once
    private static final Pattern PAIR =
            Pattern.compile("(?i)((?:" + WORDS + ")[\\w.-]*+\\s*+=\\s*+)[^&;,\\s]+");

    // user:password@ in an URL; a password may contain an @ itself, a host may not
    private static final Pattern USER_INFO = Pattern.compile("(//[^/:@\\s]*:)[^/\\s]*(?=@)");

    private Secrets() {}

    /// Tells whether an option is a secret by its name.
    ///
    /// @param name the name, for example `trustStorePassword`
    /// @return whether its value must not be shown
    public static boolean isSecret(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    /// Masks what looks like a password inside a text such as a JDBC URL.
    ///
    /// @param text the text
    /// @return the text with `***` in place of each secret found
    public static String masked(String text) {
        String pairs = PAIR.matcher(text).replaceAll("$1" + MASK);
        return USER_INFO.matcher(pairs).replaceAll("$1" + MASK);
    }
}
